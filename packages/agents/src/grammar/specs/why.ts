import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, wordsSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const whyCommand = defineCommand({
  name: 'why',
  aliases: ['diagnose', 'explain'],
  tier: 'read',
  summary: 'What is wrong with it, why, and how we know',
  usage: '[TARGET] [-n NAMESPACE]',
  examples: ['why checkout -n payments', 'why it'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ words: wordsSchema, place: placeSchema }),
  read: (words) => ({ words: words.words, place: readPlace(words) }),
});
