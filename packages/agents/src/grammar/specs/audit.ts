import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { pageSchema, planIdSchema, sinceSecondsSchema } from '../parameters.ts';
import { given, readNumber, readSeconds } from '../read-values.ts';

export const auditCommand = defineCommand({
  name: 'audit',
  aliases: ['history'],
  tier: 'read',
  summary: 'Who asked for, decided and changed what; verify checks the record itself',
  usage: '[PLAN|verify] [--since 1d] [--page N]',
  examples: ['audit', 'audit p-4k7d2m9q', 'audit verify'],
  options: ['since', 'page'],
  parameters: z.strictObject({
    planId: planIdSchema.exactOptional(),
    verify: z.boolean(),
    sinceSeconds: sinceSecondsSchema.exactOptional(),
    page: pageSchema,
  }),
  read({ words: [first], options }) {
    const verify = first?.toLowerCase() === 'verify';
    return {
      verify,
      page: readNumber(options.page) ?? 1,
      ...given({
        planId: verify ? undefined : first,
        sinceSeconds: options.since === undefined ? undefined : (readSeconds(options.since) ?? options.since),
      }),
    };
  },
});
