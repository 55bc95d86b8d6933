import { defineNamingCommand } from '../naming-command.ts';

export const drainCommand = defineNamingCommand({
  name: 'drain',
  summary: 'Plan to cordon a node and to evict its pods, as their disruption budgets allow',
  usage: 'NODE',
  examples: ['drain node/worker-2'],
  missing: 'which node',
});
