import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  aliases: [],
  tier: 'read',
  summary: 'Checks every connection and says how to mend it',
  usage: '',
  examples: ['doctor'],
  options: [],
  parameters: z.strictObject({}),
  read: () => ({}),
});
