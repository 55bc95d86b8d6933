/** One command as people see it in help. */
export interface CommandHelp {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
}

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandHelp[] = [
  {
    name: 'why',
    usage: 'why checkout [-n payments]',
    summary: 'What is wrong with it, why, and how we know',
  },
  { name: 'health', usage: 'health [payments]', summary: 'How the cluster or a namespace is' },
  {
    name: 'scale',
    usage: 'scale deploy/checkout 5 -n payments',
    summary: 'Plan a change of the replica count',
  },
  { name: 'restart', usage: 'restart deploy/checkout -n payments', summary: 'Plan a rolling restart' },
  {
    name: 'rollback',
    usage: 'rollback deploy/checkout [--to 3] -n payments',
    summary: 'Plan a return to an earlier revision',
  },
  { name: 'approve', usage: 'approve p-4k7d2m9q', summary: 'Approve a plan' },
  { name: 'deny', usage: 'deny p-4k7d2m9q [reason]', summary: 'Deny a plan' },
  { name: 'undo', usage: 'undo [p-4k7d2m9q]', summary: 'Plan the way back from a change' },
  { name: 'freeze', usage: 'freeze REASON', summary: 'Stop every new change at once' },
  { name: 'unfreeze', usage: 'unfreeze', summary: 'Let changes start again' },
  { name: 'status', usage: 'status', summary: 'What I am connected to, and open plans' },
  { name: 'clusters', usage: 'clusters', summary: 'The clusters that I know' },
  { name: 'help', usage: 'help [command]', summary: 'This list' },
];

/** "Try: ..." for a command. */
export function findUsage(name: string): string {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  return command === undefined ? 'Type help for what I can do.' : `Try: ${command.usage}`;
}
