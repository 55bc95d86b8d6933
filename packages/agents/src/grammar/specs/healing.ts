import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { caseIdSchema } from '../parameters.ts';

export const healingCommand = defineCommand({
  name: 'healing',
  aliases: ['self-healing'],
  tier: 'read',
  summary:
    'What heals itself, and what was tried; a freeze stops it, and the policy of the team says where it may act at all',
  usage: '[CASE]',
  examples: ['healing', 'healing h-4k7d2m9q'],
  options: [],
  parameters: z.strictObject({ caseId: caseIdSchema.exactOptional() }),
  read: ({ words }) => (words[0] === undefined ? {} : { caseId: words[0] }),
});
