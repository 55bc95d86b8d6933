import type { Clock, Logger } from '@jamie/core';
import type { Healer, SweepReport } from '@jamie/healing';
import { createRegularLook, type RegularLook } from '@jamie/runtime';

export interface HealingLookOptions {
  readonly healer: Healer;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly logger: Logger;
  /** Between two sweeps, in milliseconds. */
  readonly intervalMs: number;
}

/** Makes what sweeps for faults that may heal themselves. What fails is logged, and tried again by the next sweep. */
export function createHealingLook({ healer, clock, logger, intervalMs }: HealingLookOptions): RegularLook {
  let known = '';
  return createRegularLook({
    clock,
    intervalMs,
    isFirstAtOnce: true,
    async look(signal) {
      const report = await healer.sweep(signal);
      if (hasDone(report)) logger.info('faults were healed, waited for or handed to people', { ...report });
      const blind = report.blind.join(' ');
      // Each sweep would say the same while a cluster is away.
      if (blind !== '' && blind !== known)
        logger.warn('nothing is healed in some places', { reasons: report.blind });
      known = blind;
    },
    failed: (error) => logger.warn('sweep for faults failed', { code: error.code, err: error }),
  });
}

function hasDone({ opened, attempts, escalated, resolved, storms, failed }: SweepReport): boolean {
  return opened + attempts + escalated + resolved + storms + failed > 0;
}
