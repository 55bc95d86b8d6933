import type { Clock, Directory } from '@jamie/core';
import { isOpsError } from '@jamie/core';

/** Looks at the principals file regularly, beside the looks that votes cause. */
export interface DirectoryWatch {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes what refreshes a directory every `intervalMs`. It reads rather than listens: mounted files are swapped by
 * links, and many file systems tell nobody.
 */
export function watchDirectory(directory: Directory, clock: Clock, intervalMs: number): DirectoryWatch {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      while (!stopping.signal.aborted) {
        await clock.sleep(intervalMs, stopping.signal);
        await directory.refresh();
      }
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    }
  }

  return {
    async start() {
      running = look();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
