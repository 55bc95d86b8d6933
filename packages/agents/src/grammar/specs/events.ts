import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { pageSchema, placeSchema, sinceSecondsSchema, wordsSchema } from '../parameters.ts';
import { given, readNumber, readPlace, readSeconds } from '../read-values.ts';

export const eventsCommand = defineCommand({
  name: 'events',
  aliases: ['event', 'ev'],
  tier: 'read',
  summary: 'What the cluster reported, newest first',
  usage: '[TARGET] [--warnings] [--since 1h] [--page N]',
  examples: ['events -n payments', 'events checkout --warnings', 'events --since 1h'],
  options: ['namespace', 'all', 'cluster', 'warnings', 'since', 'page'],
  parameters: z.strictObject({
    words: wordsSchema,
    place: placeSchema,
    warnings: z.boolean(),
    sinceSeconds: sinceSecondsSchema.exactOptional(),
    page: pageSchema,
  }),
  read(words) {
    const { since, page, warnings } = words.options;
    return {
      words: words.words,
      place: readPlace(words),
      warnings: warnings !== undefined,
      page: readNumber(page) ?? 1,
      ...given({ sinceSeconds: since === undefined ? undefined : (readSeconds(since) ?? since) }),
    };
  },
});
