import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, wordsSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const deleteCommand = defineCommand({
  name: 'delete',
  aliases: [],
  tier: 'change',
  summary: 'Plan the end of one object, named with its kind',
  usage: 'KIND/NAME [-n NAMESPACE]',
  examples: ['delete pod/cart-5d9c7b6f4-x2x4k -n shop', 'delete job/migration -n shop'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ words: wordsSchema, place: placeSchema }),
  // The same name often stands for several objects: what is to go is never guessed.
  read: (words) =>
    words.words.length > 1 || words.words[0]?.includes('/') === true
      ? { words: words.words, place: readPlace(words) }
      : { problem: 'delete needs more: the kind and the name.' },
});
