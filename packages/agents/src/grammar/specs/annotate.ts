import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { markKeySchema, placeSchema, wordsSchema } from '../parameters.ts';
import { readMarks } from '../read-marks.ts';
import { readPlace } from '../read-values.ts';

const MAX_LENGTH = 4_096;

export const annotateCommand = defineCommand({
  name: 'annotate',
  aliases: [],
  tier: 'change',
  summary: 'Plan annotations of an object; KEY- takes one away',
  usage: 'TARGET KEY=VALUE|KEY- ... [-n NAMESPACE]',
  examples: ['annotate deploy/checkout example.com/owner="team payments" -n payments'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({
    words: wordsSchema,
    annotations: z.record(
      markKeySchema,
      z
        .string()
        .max(MAX_LENGTH, { error: `An annotation has at most ${MAX_LENGTH} characters.` })
        .nullable(),
    ),
    place: placeSchema,
  }),
  read(words) {
    const reading = readMarks(words);
    if (reading.kind === 'invalid') return { problem: reading.problem };
    if (reading.words.length === 0 || Object.keys(reading.marks).length === 0)
      return { problem: 'annotate needs more: what, and KEY=VALUE or KEY-.' };
    return { words: reading.words, annotations: reading.marks, place: readPlace(words) };
  },
});
