import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { containerSchema, placeSchema, quantitySchema, wordsSchema } from '../parameters.ts';
import { given, readPlace } from '../read-values.ts';

const amountsSchema = z.strictObject({
  cpu: quantitySchema.exactOptional(),
  memory: quantitySchema.exactOptional(),
});

export const resizeCommand = defineCommand({
  name: 'resize',
  aliases: [],
  tier: 'change',
  summary: 'Plan other requests and limits of a container; of a pod in place',
  usage: 'TARGET [--cpu 250m] [--memory 512Mi] [--limit-cpu 1] [--limit-memory 1Gi] [-c CONTAINER]',
  examples: [
    'resize deploy/checkout --memory 512Mi --limit-memory 1Gi -n payments',
    'resize pod/cart-0 --cpu 250m',
  ],
  options: ['namespace', 'cluster', 'container', 'cpu', 'memory', 'limitCpu', 'limitMemory'],
  parameters: z.strictObject({
    words: wordsSchema,
    container: containerSchema.exactOptional(),
    requests: amountsSchema.exactOptional(),
    limits: amountsSchema.exactOptional(),
    place: placeSchema,
  }),
  read(words) {
    const { container, cpu, memory, limitCpu, limitMemory } = words.options;
    if (words.words.length === 0) return { problem: 'resize needs more: what, and how much it is to get.' };
    const requests = given({ cpu, memory });
    const limits = given({ cpu: limitCpu, memory: limitMemory });
    const hasRequests = Object.keys(requests).length > 0;
    const hasLimits = Object.keys(limits).length > 0;
    if (!hasRequests && !hasLimits) return { problem: 'resize needs more: how much CPU or memory.' };
    return {
      words: words.words,
      ...(hasRequests && { requests }),
      ...(hasLimits && { limits }),
      ...given({ container }),
      place: readPlace(words),
    };
  },
});
