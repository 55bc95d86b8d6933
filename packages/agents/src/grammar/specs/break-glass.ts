import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

export const breakGlassCommand = defineCommand({
  name: 'break-glass',
  aliases: ['breakglass'],
  tier: 'decide',
  summary: 'Start a plan alone in an emergency; the owners are told and a review is owed',
  usage: 'PLAN REASON',
  examples: ['break-glass p-4k7d2m9q checkout is down for everybody'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema, reason: z.string().min(1) }),
  read: ({ words: [planId], afterFirst }) =>
    planId === undefined || afterFirst === ''
      ? { problem: 'break-glass needs more: which plan, and what the emergency is.' }
      : { planId, reason: afterFirst },
});
