import { parsePlanId } from '@jamie/core';
import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, planIdSchema, revisionSchema, wordsSchema } from '../parameters.ts';
import { given, readNumber, readPlace } from '../read-values.ts';

export const diffCommand = defineCommand({
  name: 'diff',
  aliases: ['changes'],
  tier: 'read',
  summary: 'What changed between two revisions, or what a plan would change',
  usage: 'TARGET [--from N] [--to N], or PLAN',
  examples: ['diff checkout -n payments', 'diff checkout --from 3 --to 5', 'diff p-4k7d2m9q'],
  options: ['namespace', 'cluster', 'from', 'to'],
  parameters: z.strictObject({
    words: wordsSchema,
    place: placeSchema,
    planId: planIdSchema.exactOptional(),
    fromRevision: revisionSchema.exactOptional(),
    toRevision: revisionSchema.exactOptional(),
  }),
  read(words) {
    const [first, ...others] = words.words;
    const isPlan = first !== undefined && others.length === 0 && parsePlanId(first) !== undefined;
    return {
      words: isPlan ? [] : words.words,
      place: readPlace(words),
      ...given({
        planId: isPlan ? first : undefined,
        fromRevision: readNumber(words.options.from),
        toRevision: readNumber(words.options.to),
      }),
    };
  },
});
