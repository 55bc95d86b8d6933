import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const replayCommand = defineCommand({
  name: 'replay',
  aliases: [],
  tier: 'read',
  summary: 'The decisions of one plan as they were, from the audit record alone',
  usage: 'PLAN',
  examples: ['replay p-4k7d2m9q'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema }),
  read: ({ words }) => ({ planId: words[0] ?? '' }),
});
