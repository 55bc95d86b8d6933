import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const clustersCommand = defineCommand({
  name: 'clusters',
  aliases: ['cluster'],
  tier: 'read',
  summary: 'The clusters that I know',
  usage: '',
  examples: ['clusters'],
  options: [],
  parameters: z.strictObject({}),
  read: () => ({}),
});
