import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { pageSchema, placeSchema, wordsSchema } from '../parameters.ts';
import { readNumber, readPlace } from '../read-values.ts';

export const podsCommand = defineCommand({
  name: 'pods',
  aliases: ['pod', 'po'],
  tier: 'read',
  summary: 'The pods of a namespace, a workload or a node, worst first',
  usage: '[TARGET] [--unhealthy] [--page N]',
  examples: ['pods -n payments', 'pods checkout', 'pods --unhealthy'],
  options: ['namespace', 'all', 'cluster', 'unhealthy', 'page'],
  parameters: z.strictObject({
    words: wordsSchema,
    place: placeSchema,
    unhealthy: z.boolean(),
    page: pageSchema,
  }),
  read: (words) => ({
    words: words.words,
    place: readPlace(words),
    unhealthy: words.options.unhealthy !== undefined,
    page: readNumber(words.options.page) ?? 1,
  }),
});
