import { defineNamingCommand } from '../naming-command.ts';

export const cordonCommand = defineNamingCommand({
  name: 'cordon',
  summary: 'Plan that no new pods start on a node',
  usage: 'NODE',
  examples: ['cordon node/worker-2'],
  missing: 'which node',
});
