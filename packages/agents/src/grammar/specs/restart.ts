import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, wordsSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const restartCommand = defineCommand({
  name: 'restart',
  aliases: ['bounce'],
  tier: 'change',
  summary: 'Plan a rolling restart',
  usage: 'TARGET [-n NAMESPACE]',
  examples: ['restart deploy/checkout -n payments'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ words: wordsSchema, place: placeSchema }),
  read: (words) =>
    words.words.length === 0
      ? { problem: 'restart needs more: what to restart.' }
      : { words: words.words, place: readPlace(words) },
});
