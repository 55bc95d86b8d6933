import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { containerSchema, imageSchema, placeSchema, wordsSchema } from '../parameters.ts';
import { given, readPlace } from '../read-values.ts';

/** `app=shop/cart:1.4.3`, as kubectl set image has it. */
const ASSIGNED = /^([a-z0-9-]{1,63})=(.+)$/;

export const imageCommand = defineCommand({
  name: 'image',
  aliases: ['set-image'],
  tier: 'change',
  summary: 'Plan another image of a container',
  usage: 'TARGET [CONTAINER=]IMAGE [-c CONTAINER] [-n NAMESPACE]',
  examples: ['image deploy/cart shop/cart:1.4.3 -n shop', 'image deploy/cart app=shop/cart:1.4.3'],
  options: ['namespace', 'cluster', 'container'],
  parameters: z.strictObject({
    words: wordsSchema,
    container: containerSchema.exactOptional(),
    image: imageSchema,
    place: placeSchema,
  }),
  read(words) {
    const [last = '', ...others] = words.words.toReversed();
    const target = others.toReversed();
    if (target.length === 0) return { problem: 'image needs more: what to change, and the image.' };
    const [, assigned, assignedImage] = ASSIGNED.exec(last) ?? [];
    const container = words.options.container ?? assigned;
    if (assigned !== undefined && container !== assigned)
      return { problem: `Which container, ${container} or ${assigned}?` };
    return { words: target, image: assignedImage ?? last, ...given({ container }), place: readPlace(words) };
  },
});
