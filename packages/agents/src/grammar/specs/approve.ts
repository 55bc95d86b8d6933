import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';
import { readDecisionWords } from '../read-decision-words.ts';

export const approveCommand = defineCommand({
  name: 'approve',
  aliases: ['ok', 'lgtm'],
  tier: 'decide',
  summary: 'Approve a plan',
  usage: '[PLAN] [REASON]',
  examples: ['approve p-4k7d2m9q', 'approve'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional(), reason: z.string() }),
  read: readDecisionWords,
});
