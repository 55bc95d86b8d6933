import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';

export const stopCommand = defineCommand({
  name: 'stop',
  aliases: ['cancel'],
  tier: 'settings',
  summary: 'End what I am working on here, and withdraw your plans that wait for approval',
  usage: '',
  examples: ['stop'],
  options: [],
  parameters: z.strictObject({}),
  read: ({ words }) =>
    words.length === 0
      ? {}
      : { problem: 'stop ends what I am working on here. To stop a workload, scale it to 0.' },
});
