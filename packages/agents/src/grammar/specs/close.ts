import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { caseIdSchema } from '../parameters.ts';

const BECAUSE = /^because\s+/i;

/** Also typed as `healing close CASE`. */
export const closeCommand = defineCommand({
  name: 'close',
  aliases: [],
  tier: 'decide',
  summary:
    'Close a case of self-healing that waits or was handed to people; the attempts of the day still count',
  usage: 'CASE [because REASON]',
  examples: ['close h-4k7d2m9q', 'healing close h-4k7d2m9q because the registry is back'],
  options: [],
  parameters: z.strictObject({ caseId: caseIdSchema, reason: z.string().max(500) }),
  read: ({ words: [caseId], afterFirst }) =>
    caseId === undefined
      ? { problem: 'close needs more: which case. healing lists them.' }
      : { caseId, reason: afterFirst.replace(BECAUSE, '') },
});
