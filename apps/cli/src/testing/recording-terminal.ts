import { randomIds, systemClock } from '@jamie/runtime';
import type { Terminal } from '../terminal.ts';

/** A terminal that keeps what is written to it. */
export interface RecordingTerminal extends Terminal {
  readonly written: { out: string; error: string };
}

/** Makes one, with this environment and nothing of the process's own. */
export function createRecordingTerminal(
  environment: Readonly<Record<string, string>>,
  options: Partial<Terminal> = {},
): RecordingTerminal {
  const written = { out: '', error: '' };
  return {
    written,
    writeOut: (text) => {
      written.out += text;
    },
    writeError: (text) => {
      written.error += text;
    },
    isInteractive: false,
    columns: 100,
    clock: systemClock,
    ids: randomIds,
    environment,
    ...options,
  };
}
