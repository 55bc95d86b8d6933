import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { MAX_REPLICAS, placeSchema, wordsSchema } from '../parameters.ts';
import { given, readNumber, readPlace } from '../read-values.ts';

const boundSchema = z
  .int({ error: '--min and --max take a whole number.' })
  .min(1, { error: '--min and --max take at least 1.' })
  .max(MAX_REPLICAS, { error: `--min and --max take at most ${MAX_REPLICAS}.` });

export const autoscaleCommand = defineCommand({
  name: 'autoscale',
  aliases: [],
  tier: 'change',
  summary: 'Plan other bounds of the autoscaler of a workload',
  usage: 'TARGET [--min N] [--max N] [-n NAMESPACE]',
  examples: ['autoscale hpa/checkout --min 2 --max 8 -n payments', 'autoscale deploy/checkout --max 12'],
  options: ['namespace', 'cluster', 'min', 'max'],
  parameters: z.strictObject({
    words: wordsSchema,
    minReplicas: boundSchema.exactOptional(),
    maxReplicas: boundSchema.exactOptional(),
    place: placeSchema,
  }),
  read(words) {
    const { min, max } = words.options;
    if (words.words.length === 0) return { problem: 'autoscale needs more: whose autoscaler.' };
    if (min === undefined && max === undefined)
      return { problem: 'autoscale needs more: --min, --max or both.' };
    const [minReplicas, maxReplicas] = [readNumber(min), readNumber(max)];
    if (Number(minReplicas) > Number(maxReplicas))
      return { problem: `--min ${min} is more than --max ${max}.` };
    return { words: words.words, ...given({ minReplicas, maxReplicas }), place: readPlace(words) };
  },
});
