import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { pageSchema, wordsSchema } from '../parameters.ts';
import { readNumber } from '../read-values.ts';

export const detectionsCommand = defineCommand({
  name: 'detections',
  aliases: ['detection', 'checks'],
  tier: 'read',
  summary: 'What I can detect, by area, code or words',
  usage: '[CODE|WORDS] [--page N]',
  examples: ['detections', 'detections CHK-POD-101', 'detections popeye 106', 'detections Service'],
  options: ['page'],
  parameters: z.strictObject({ about: wordsSchema, page: pageSchema }),
  read: (words) => ({ about: words.words, page: readNumber(words.options.page) ?? 1 }),
});
