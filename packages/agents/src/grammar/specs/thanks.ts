import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const thanksCommand = defineCommand({
  name: 'thanks',
  aliases: [],
  tier: 'read',
  summary: 'A word between colleagues',
  usage: '',
  examples: ['thanks'],
  options: [],
  parameters: z.strictObject({}),
  read: () => ({}),
});
