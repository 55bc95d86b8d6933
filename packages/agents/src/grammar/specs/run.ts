import { defineNamingCommand } from '../naming-command.ts';

export const runCommand = defineNamingCommand({
  name: 'run',
  aliases: ['trigger'],
  summary: 'Plan a Job of a CronJob now, beside its schedule',
  usage: 'CRONJOB [-n NAMESPACE]',
  examples: ['run cronjob/nightly-report -n payments'],
  missing: 'which CronJob',
});
