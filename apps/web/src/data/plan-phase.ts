import type { PlanStatus } from '@jamie/core';

/** How a status is called and coloured. The word carries the meaning, the tone only supports it. */
export interface PlanPhase {
  readonly label: string;
  readonly tone: 'asking' | 'busy' | 'good' | 'bad' | 'quiet';
}

/** Every status has its words: a new one in core is a type error here. */
const PHASES: Readonly<Record<PlanStatus, PlanPhase>> = {
  awaiting_approval: { label: 'Waiting for approval', tone: 'asking' },
  approved: { label: 'Approved', tone: 'busy' },
  executing: { label: 'Applying', tone: 'busy' },
  verifying: { label: 'Verifying', tone: 'busy' },
  watching: { label: 'Watching', tone: 'busy' },
  rolling_back: { label: 'Rolling back', tone: 'busy' },
  verifying_rollback: { label: 'Verifying the rollback', tone: 'busy' },
  succeeded: { label: 'Done', tone: 'good' },
  denied: { label: 'Denied', tone: 'quiet' },
  expired: { label: 'Expired', tone: 'quiet' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
  stale: { label: 'Out of date', tone: 'quiet' },
  refused: { label: 'Refused', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
  rolled_back: { label: 'Rolled back', tone: 'bad' },
  rollback_failed: { label: 'Rollback failed', tone: 'bad' },
  inconclusive: { label: 'Cannot tell', tone: 'bad' },
};

export function planPhase(status: PlanStatus): PlanPhase {
  return PHASES[status];
}
