import { defineNamingCommand } from '../naming-command.ts';

export const pauseCommand = defineNamingCommand({
  name: 'pause',
  summary: 'Plan a halt of the rollout of a Deployment',
  usage: 'TARGET [-n NAMESPACE]',
  examples: ['pause deploy/checkout -n payments'],
  missing: 'which Deployment',
});
