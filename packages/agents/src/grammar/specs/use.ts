import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const useCommand = defineCommand({
  name: 'use',
  aliases: [],
  tier: 'settings',
  summary: 'Set where I look unless you say otherwise, for you or for this channel',
  usage: '[-n NAMESPACE] [--cluster NAME] [--for me|channel] [--clear]',
  examples: ['use -n payments', 'use --cluster prod-eu --for channel', 'use --clear'],
  options: ['namespace', 'cluster', 'for', 'clear'],
  parameters: z.strictObject({
    place: placeSchema,
    for: z.enum(['me', 'channel'], { error: '--for takes me or channel.' }),
    clear: z.boolean(),
  }),
  read(words) {
    if (words.words.length > 0)
      return { problem: 'Say whether that is a namespace (-n NAME) or a cluster (--cluster NAME).' };
    const place = readPlace(words);
    const clear = words.options.clear !== undefined;
    if (clear && Object.keys(place).length > 0) return { problem: '--clear forgets both; name neither.' };
    return { place, for: words.options.for?.toLowerCase() ?? 'me', clear };
  },
});
