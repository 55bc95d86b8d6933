import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const askCommand = defineCommand({
  name: 'ask',
  aliases: [],
  tier: 'read',
  summary: 'Ask in your own words',
  usage: 'QUESTION',
  examples: ['ask why is checkout crashing?'],
  options: [],
  parameters: z.strictObject({ question: z.string().min(1) }),
  read: ({ rest }) => (rest === '' ? { problem: 'What would you like to know?' } : { question: rest }),
});
