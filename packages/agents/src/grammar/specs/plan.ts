import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const planCommand = defineCommand({
  name: 'plan',
  aliases: ['plans'],
  tier: 'read',
  summary: 'The open plans, or the card of one',
  usage: '[PLAN]',
  examples: ['plan', 'plan p-4k7d2m9q'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional() }),
  read: ({ words }) => (words[0] === undefined ? {} : { planId: words[0] }),
});
