import type { ExecutionLease, PlanRecord } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';

export type LeaseDecision =
  | { readonly kind: 'take'; readonly lease: ExecutionLease }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** Who may act for a plan. Pure: a lease that has run out, or our own, is taken with the next epoch. */
export function decideLease(record: PlanRecord, owner: string, now: number, leaseMs: number): LeaseDecision {
  const held = record.lease;
  if (held !== undefined && held.owner !== owner && held.expiresAt > now) {
    return { kind: 'wait', waitMs: held.expiresAt - now };
  }
  return { kind: 'take', lease: { owner, epoch: (held?.epoch ?? 0) + 1, expiresAt: now + leaseMs } };
}

/**
 * Takes the right to act for a plan. Throws a retryable `unavailable` while another worker holds it, and
 * `conflict` (retryable) when the plan moved meanwhile.
 */
export async function takeLease(
  context: OperationsContext,
  record: PlanRecord,
  readyReplicas: number | undefined,
): Promise<PlanRecord> {
  const decision = decideLease(record, context.instanceId, context.clock.now(), context.timing.leaseMs);
  if (decision.kind === 'wait') {
    throw new OpsError('unavailable', 'another worker holds the lease', { retryAfterMs: decision.waitMs });
  }
  const isFirst = record.status === 'approved';
  const moved = await movePlan(context, record, {
    event: { kind: 'lease_taken', lease: decision.lease, readyReplicas },
    actor: 'system',
    details: { epoch: decision.lease.epoch, owner: decision.lease.owner },
    isShown: isFirst,
  });
  if (moved.kind === 'moved') return moved.record;
  throw new OpsError('conflict', 'plan moved while its lease was taken', {
    retryable: true,
    retryAfterMs: 0,
  });
}
