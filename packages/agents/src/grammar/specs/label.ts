import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { labelValueSchema, markKeySchema, placeSchema, wordsSchema } from '../parameters.ts';
import { readMarks } from '../read-marks.ts';
import { readPlace } from '../read-values.ts';

export const labelCommand = defineCommand({
  name: 'label',
  aliases: [],
  tier: 'change',
  summary: 'Plan labels of an object; KEY- takes one away',
  usage: 'TARGET KEY=VALUE|KEY- ... [-n NAMESPACE]',
  examples: ['label deploy/checkout team=payments -n payments', 'label node/worker-2 disk-'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({
    words: wordsSchema,
    labels: z.record(markKeySchema, labelValueSchema.nullable()),
    place: placeSchema,
  }),
  read(words) {
    const reading = readMarks(words);
    if (reading.kind === 'invalid') return { problem: reading.problem };
    if (reading.words.length === 0 || Object.keys(reading.marks).length === 0)
      return { problem: 'label needs more: what, and KEY=VALUE or KEY-.' };
    return { words: reading.words, labels: reading.marks, place: readPlace(words) };
  },
});
