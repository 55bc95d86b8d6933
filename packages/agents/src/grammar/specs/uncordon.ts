import { defineNamingCommand } from '../naming-command.ts';

export const uncordonCommand = defineNamingCommand({
  name: 'uncordon',
  summary: 'Plan that pods may start on a node again',
  usage: 'NODE',
  examples: ['uncordon node/worker-2'],
  missing: 'which node',
});
