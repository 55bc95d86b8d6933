import type { Clock } from '@jamie/core';

/** The share of what passes by which the clock may run fast or slow to catch up: 6 seconds a minute. */
const SLEW = 0.1;
/** A clock that is further off was asleep or set on purpose, and is believed. */
const BELIEVED_MS = 60 * 60_000;

/** A clock that also knows how late it is by what others have recorded. */
export interface SteadyClock extends Clock {
  /** Something has happened at this time already: what follows is not before it. */
  notBefore(at: number): void;
}

/**
 * A clock that runs evenly while the machine's is set forward or back by up to an hour: it approaches the new time
 * by a tenth of what passes, and is never set back itself. Leases, deadlines and due times so last as long as they say.
 */
export function createSteadyClock(clock: Clock): SteadyClock {
  const elapsed = () => clock.elapsed?.() ?? clock.now();
  let toldAt = elapsed();
  let told = clock.now();
  return {
    now() {
      const at = elapsed();
      const passed = at - toldAt;
      const even = told + passed;
      const off = clock.now() - even;
      const most = SLEW * passed;
      told = Math.abs(off) > BELIEVED_MS ? even + off : even + Math.max(-most, Math.min(most, off));
      toldAt = at;
      return Math.floor(told);
    },
    notBefore(at) {
      if (at > told && at - told <= BELIEVED_MS) told = at;
    },
    sleep: (durationMs, signal) => clock.sleep(durationMs, signal),
    elapsed,
  };
}
