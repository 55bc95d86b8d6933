import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const reviewCommand = defineCommand({
  name: 'review',
  aliases: [],
  tier: 'decide',
  summary: 'Write the review of an emergency start, or list those that are owed',
  usage: '[PLAN TEXT]',
  examples: ['review', 'review p-4k7d2m9q the pool was full; nobody else was awake; we page two people now'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional(), text: z.string() }),
  read: ({ words: [planId], afterFirst }) =>
    planId === undefined ? { text: '' } : { planId, text: afterFirst },
});
