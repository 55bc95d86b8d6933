import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const undoCommand = defineCommand({
  name: 'undo',
  aliases: [],
  tier: 'change',
  summary: 'Plan the way back from a change',
  usage: '[PLAN]',
  examples: ['undo', 'undo p-4k7d2m9q'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional() }),
  read: ({ words }) => (words[0] === undefined ? {} : { planId: words[0] }),
});
