import { defineNamingCommand } from '../naming-command.ts';

export const rerunCommand = defineNamingCommand({
  name: 'rerun',
  aliases: ['re-run'],
  summary: 'Plan a Job once more',
  usage: 'JOB [-n NAMESPACE]',
  examples: ['rerun job/migration -n payments'],
  missing: 'which Job',
});
