import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const freezeCommand = defineCommand({
  name: 'freeze',
  aliases: [],
  tier: 'switch',
  summary: 'Stop every new change at once',
  usage: 'REASON',
  examples: ['freeze incident 42'],
  options: [],
  parameters: z.strictObject({ reason: z.string().min(1) }),
  read: ({ rest }) =>
    rest === '' ? { problem: 'freeze needs more: the reason, which everybody will see.' } : { reason: rest },
});
