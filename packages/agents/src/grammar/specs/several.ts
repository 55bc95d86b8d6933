import { MAX_TOGETHER } from '@jamie/core';
import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

/** Commands in one plan. parse-together reads them; each is kept as it is typed. */
export const severalCommand = defineCommand({
  name: 'several',
  aliases: [],
  tier: 'change',
  summary: `Plan up to ${MAX_TOGETHER} changes as one, in this order`,
  usage: 'COMMAND then COMMAND ...',
  examples: ['cordon node/worker-2 then scale deploy/checkout 5 -n payments'],
  options: [],
  parameters: z.strictObject({ commands: z.array(z.string()).min(2).max(MAX_TOGETHER).readonly() }),
  read: () => ({ problem: 'Join commands that change something with the word then.' }),
});
