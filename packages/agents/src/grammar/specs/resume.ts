import { defineNamingCommand } from '../naming-command.ts';

export const resumeCommand = defineNamingCommand({
  name: 'resume',
  aliases: ['unpause', 'unsuspend'],
  summary: 'Plan that a paused Deployment or a suspended CronJob goes on',
  usage: 'TARGET [-n NAMESPACE]',
  examples: ['resume deploy/checkout -n payments', 'resume cronjob/nightly-report'],
  missing: 'which Deployment or CronJob',
});
