import type { Clock, IdSource } from '@jamie/core';
import type { Environment } from '@jamie/runtime';

/** The world outside a command: where it writes, and what it knows of its surroundings. */
export interface Terminal {
  writeOut(text: string): void;
  writeError(text: string): void;
  /** Whether the output goes to a person's screen. */
  readonly isInteractive: boolean;
  readonly columns: number;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Absent: the process's own. */
  readonly environment?: Environment;
}
