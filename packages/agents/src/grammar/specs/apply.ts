import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const applyCommand = defineCommand({
  name: 'apply',
  aliases: [],
  tier: 'change',
  summary: 'Plan that the cluster holds the objects of a manifest, sent as a file or between ``` marks',
  usage: '[-n NAMESPACE]',
  examples: ['apply -n payments'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ place: placeSchema }),
  read: (words) =>
    words.words.length > 0
      ? { problem: 'apply takes a manifest: send it as a file, or between ``` marks after the command.' }
      : { place: readPlace(words) },
});
