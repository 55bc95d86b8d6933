import type { Clock, Logger } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import type { Healer, SweepReport } from '@jamie/healing';

export interface Healing {
  readonly healer: Healer;
  /** Between two sweeps, in milliseconds. */
  readonly everyMs: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly logger: Logger;
}

/** Sweeps for faults that may heal themselves until the signal aborts. What fails is logged, and tried again by the next sweep. */
export async function healRegularly(
  { healer, everyMs, clock, logger }: Healing,
  signal: AbortSignal,
): Promise<void> {
  let known = '';
  while (!signal.aborted) {
    try {
      const report = await healer.sweep(signal);
      if (hasDone(report)) logger.info('faults were healed, waited for or handed to people', { ...report });
      const blind = report.blind.join(' ');
      // Each sweep would say the same while a cluster is away.
      if (blind !== '' && blind !== known)
        logger.warn('nothing is healed in some places', { reasons: report.blind });
      known = blind;
    } catch (error) {
      logger.warn('sweep for faults failed', { code: toOpsError(error).code, err: error });
    }
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}

function hasDone({ opened, attempts, escalated, resolved, storms, failed }: SweepReport): boolean {
  return opened + attempts + escalated + resolved + storms + failed > 0;
}
