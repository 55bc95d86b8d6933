import { parsePlanId } from '@jamie/core';
import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const approveCommand = defineCommand({
  name: 'approve',
  aliases: ['ok', 'lgtm'],
  tier: 'decide',
  summary: 'Approve a plan',
  usage: '[PLAN] [REASON]',
  examples: ['approve p-4k7d2m9q', 'approve'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema.exactOptional(), reason: z.string() }),
  // What follows without a plan's id would be lost as a reason, or meant another plan: it must be one.
  read: ({ words: [first], afterFirst }) =>
    first === undefined || parsePlanId(first) === undefined
      ? { reason: '', ...(first !== undefined && { planId: first }) }
      : { planId: first, reason: afterFirst },
});
