import { runCli } from '@jamie/cli';
import { randomIds, systemClock } from '@jamie/runtime';
import type { Surface } from './surface.ts';

/** The command line, with its words split as a shell would split them. */
export function terminalSurface(dataDirectory: string): Surface {
  return {
    name: 'terminal',
    async ask(command) {
      const written: string[] = [];
      await runCli(command.split(' '), {
        writeOut: (text) => written.push(text),
        writeError: (text) => written.push(text),
        isInteractive: false,
        columns: 160,
        clock: systemClock,
        ids: randomIds,
        environment: { JAMIE_DATA_DIR: dataDirectory },
      });
      return written.join('');
    },
    close: async () => undefined,
  };
}
