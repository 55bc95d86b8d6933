import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, wordsSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const whyCommand = defineCommand({
  name: 'why',
  aliases: ['diagnose', 'explain'],
  tier: 'read',
  summary: 'What is wrong with it, why, and how we know',
  usage: '[TARGET] [-n NAMESPACE] [--lint]',
  examples: ['why checkout -n payments', 'why it', 'why checkout --lint'],
  options: ['namespace', 'cluster', 'lint'],
  parameters: z.strictObject({ words: wordsSchema, place: placeSchema, lint: z.boolean().exactOptional() }),
  read: (words) => ({
    words: words.words,
    place: readPlace(words),
    ...(words.options.lint !== undefined && { lint: true }),
  }),
});
