import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';
import { readDecisionWords } from '../read-decision-words.ts';

export const denyCommand = defineCommand({
  name: 'deny',
  aliases: ['reject'],
  tier: 'decide',
  summary: 'Deny a plan',
  usage: '[PLAN] [REASON]',
  examples: ['deny p-4k7d2m9q too risky today', 'deny'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional(), reason: z.string() }),
  read: readDecisionWords,
});
