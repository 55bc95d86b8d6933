import type { Command } from 'commander';

/** Adds `start`: runs everything in this process until a signal ends it. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .summary('run Jamie & Scarlet on this machine')
    .action(async () => {
      // Loaded only here: every other command is a client and stays light.
      await import(new URL('../../../standalone/src/main.ts', import.meta.url).href);
    });
}
