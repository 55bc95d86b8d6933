import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const helpCommand = defineCommand({
  name: 'help',
  aliases: ['commands', '?'],
  tier: 'read',
  summary: 'What I can do, or how one command is typed',
  usage: '[COMMAND]',
  examples: ['help', 'help scale'],
  options: [],
  parameters: z.strictObject({ topic: z.string().exactOptional() }),
  read: ({ words }) => (words[0] === undefined ? {} : { topic: words[0].toLowerCase() }),
});
