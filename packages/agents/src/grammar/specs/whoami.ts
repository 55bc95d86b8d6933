import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema } from '../parameters.ts';
import { readPlace } from '../read-values.ts';

export const whoamiCommand = defineCommand({
  name: 'whoami',
  aliases: ['me'],
  tier: 'read',
  summary: 'Who you are to Kubernetes, and what it lets you do',
  usage: '[-n NAMESPACE]',
  examples: ['whoami'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ place: placeSchema }),
  read: (words) => ({ place: readPlace(words) }),
});
