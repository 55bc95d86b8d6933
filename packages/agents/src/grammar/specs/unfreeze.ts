import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const unfreezeCommand = defineCommand({
  name: 'unfreeze',
  aliases: ['thaw'],
  tier: 'switch',
  summary: 'Let changes start again',
  usage: '[REASON]',
  examples: ['unfreeze'],
  options: [],
  parameters: z.strictObject({ reason: z.string() }),
  read: ({ rest }) => ({ reason: rest }),
});
