import type { Clock, Directory } from '@jamie/core';
import { createRegularLook, type RegularLook } from '../regular-look.ts';

/**
 * Makes what looks at the principals file every `intervalMs`, beside the looks that votes cause. It reads rather than
 * listens: mounted files are swapped by links, and many file systems tell nobody.
 */
export function watchDirectory(directory: Directory, clock: Clock, intervalMs: number): RegularLook {
  return createRegularLook({ clock, intervalMs, look: () => directory.refresh() });
}
