import type { Clock, Directory, Logger } from '@jamie/core';
import { createRegularLook, type RegularLook } from '../regular-look.ts';

export interface WatchDirectoryOptions {
  readonly directory: Pick<Directory, 'refresh'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two looks, in milliseconds. */
  readonly intervalMs: number;
}

/**
 * Makes what looks at the principals file regularly, beside the looks that votes cause. It reads rather than listens:
 * mounted files are swapped by links, and many file systems tell nobody.
 */
export function watchDirectory({ directory, clock, logger, intervalMs }: WatchDirectoryOptions): RegularLook {
  return createRegularLook({
    clock,
    intervalMs,
    look: () => directory.refresh(),
    failed: (error) => logger.error('the principals file could not be looked at', { err: error }),
  });
}
