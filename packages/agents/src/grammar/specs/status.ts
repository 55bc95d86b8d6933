import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const statusCommand = defineCommand({
  name: 'status',
  aliases: [],
  tier: 'read',
  summary: 'What I am connected to, and what is under way',
  usage: '',
  examples: ['status'],
  options: [],
  parameters: z.strictObject({}),
  read: () => ({}),
});
