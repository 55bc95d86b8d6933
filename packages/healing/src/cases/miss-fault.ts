import { formatDuration } from '@jamie/analysis';
import type { HealingCase } from '@jamie/core';
import { RELAPSE_WITHIN_MS } from './see-fault.ts';

/** Nothing was tried: it went by itself. */
const UNTRIED_MS = 10 * 60_000;
/** People were told: it has to be gone for good before it counts as healed without them. */
const ESCALATED_MS = 6 * 60 * 60_000;

/** The case now that its fault is not seen; the same object where nothing is worth writing. Pure. */
export function missFault(healingCase: HealingCase, now: number): HealingCase {
  const { status, goneSince, version } = healingCase;
  if (status === 'resolved' || status === 'acting') return healingCase;
  if (goneSince === undefined) {
    const reason = status === 'waiting' ? 'The fault is not seen any more.' : healingCase.reason;
    return { ...healingCase, goneSince: now, reason, version: version + 1 };
  }
  const goneForMs = now - goneSince;
  if (goneForMs < gonePeriodOf(healingCase)) return healingCase;
  const reason = `The fault has been gone for ${formatDuration(goneForMs)}.`;
  return { ...healingCase, status: 'resolved', reason, version: version + 1 };
}

/** Whether anything was tried since the fault came, not before it had been gone for good. */
export function wasTried({ attempts, firstSeenAt }: HealingCase): boolean {
  return attempts.some(({ startedAt }) => startedAt >= firstSeenAt);
}

function gonePeriodOf(healingCase: HealingCase): number {
  if (healingCase.status === 'escalated') return ESCALATED_MS;
  return wasTried(healingCase) ? RELAPSE_WITHIN_MS : UNTRIED_MS;
}
