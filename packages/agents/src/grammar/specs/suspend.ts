import { defineNamingCommand } from '../naming-command.ts';

export const suspendCommand = defineNamingCommand({
  name: 'suspend',
  summary: 'Plan that a CronJob starts no more Jobs',
  usage: 'CRONJOB [-n NAMESPACE]',
  examples: ['suspend cronjob/nightly-report -n payments'],
  missing: 'which CronJob',
});
