import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, revisionSchema, wordsSchema } from '../parameters.ts';
import { given, readNumber, readPlace } from '../read-values.ts';

export const rollbackCommand = defineCommand({
  name: 'rollback',
  aliases: ['rollout-undo', 'revert'],
  tier: 'change',
  summary: 'Plan a return to an earlier revision',
  usage: 'TARGET [--to REVISION] [-n NAMESPACE]',
  examples: ['rollback deploy/checkout --to 3 -n payments', 'rollback checkout'],
  options: ['namespace', 'cluster', 'to'],
  parameters: z.strictObject({
    words: wordsSchema,
    toRevision: revisionSchema.exactOptional(),
    place: placeSchema,
  }),
  read: (words) =>
    words.words.length === 0
      ? { problem: 'rollback needs more: what to roll back.' }
      : {
          words: words.words,
          ...given({ toRevision: readNumber(words.options.to) }),
          place: readPlace(words),
        },
});
