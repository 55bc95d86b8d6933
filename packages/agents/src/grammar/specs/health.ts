import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const healthCommand = defineCommand({
  name: 'health',
  aliases: ['overview'],
  tier: 'read',
  summary: 'How the cluster or a namespace is, worst first',
  usage: '[NAMESPACE]',
  examples: ['health', 'health payments'],
  options: ['namespace', 'all', 'cluster'],
  parameters: z.strictObject({ place: placeSchema }),
  read(words) {
    const place = readPlace(words);
    const [namespace, ...others] = words.words;
    if (others.length > 0) return { problem: 'health takes one namespace, or none.' };
    return { place: namespace === undefined ? place : { namespace: namespace.toLowerCase(), ...place } };
  },
});
