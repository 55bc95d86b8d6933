import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const healthCommand = defineCommand({
  name: 'health',
  aliases: ['overview'],
  tier: 'read',
  summary: 'How the cluster or a namespace is, worst first',
  usage: '[NAMESPACE] [--lint]',
  examples: ['health', 'health payments', 'health payments --lint'],
  options: ['namespace', 'all', 'cluster', 'lint'],
  parameters: z.strictObject({ place: placeSchema, lint: z.boolean().exactOptional() }),
  read(words) {
    const place = readPlace(words);
    const [namespace, ...others] = words.words;
    if (others.length > 0) return { problem: 'health takes one namespace, or none.' };
    return {
      place: namespace === undefined ? place : { namespace: namespace.toLowerCase(), ...place },
      ...(words.options.lint !== undefined && { lint: true }),
    };
  },
});
