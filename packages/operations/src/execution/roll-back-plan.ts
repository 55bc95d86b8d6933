import type { PlanId, PlanRecord, StoreChange } from '@jamie/core';
import { assertNever, OpsError } from '@jamie/core';
import { getPlan, type MoveOptions, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { startVerification } from '../verification/start-verification.ts';
import { verifyJobChange } from '../verification/verify-job.ts';
import { completeIntent } from './complete-intent.ts';
import { takeLease } from './lease.ts';
import { runStep, type StepResult } from './run-step.ts';

/**
 * Restores what a plan changed, once, whether or not changes are frozen. When the object is no longer as the plan left
 * it, nothing is written and a person is asked to look: undoing somebody else's change would make it worse.
 */
export async function rollBackPlan(context: OperationsContext, planId: PlanId): Promise<void> {
  const found = await getPlan(context, planId);
  if (found.status !== 'rolling_back') return;
  const connection = context.clusters.connect(found.plan.cluster);
  let record = await takeLease(context, found, undefined);
  const identity = record.plan.requester.kubernetes;
  const permit = context.permits.mint(
    { planId, cluster: record.plan.cluster, identity },
    record.plan.rollback.map((step) => step.request),
  );
  const done: StoreChange[] = [];
  for (const step of [...record.plan.rollback].reverse()) {
    const result = await runStep(context, record, { connection, phase: 'rollback', step, permit });
    record = result.record;
    if (result.kind === 'done') {
      done.push(...completeIntent(context, result.intentId, result.outcome));
      continue;
    }
    if (result.kind === 'moved' && result.comparison.kind === 'in_effect') continue;
    const why = whyNot(result);
    const also =
      result.kind === 'rejected'
        ? completeIntent(context, result.intentId, { kind: 'not_applied', reason: result.reason })
        : [];
    const reason = `${record.reason} The rollback was not carried out: ${why}. Somebody has to look at it.`;
    return move(context, record, { event: { kind: 'rollback_failed', reason }, actor: 'system', also });
  }
  const verification = await startVerification(context, record, connection, record.plan.rollback);
  await move(context, record, {
    event: { kind: 'rollback_applied', verification, reason: `${record.reason} Restored; verifying.` },
    actor: identity.user,
    also: [...done, verifyJobChange(context, record, 0)],
  });
}

async function move(context: OperationsContext, record: PlanRecord, options: MoveOptions): Promise<void> {
  const moved = await movePlan(context, record, options);
  if (moved.kind === 'moved') return;
  throw new OpsError('conflict', 'plan moved while it was rolled back', { retryable: true, retryAfterMs: 0 });
}

function whyNot(result: Exclude<StepResult, { kind: 'done' }>): string {
  switch (result.kind) {
    case 'rejected':
      return `the cluster refused it: ${result.reason}`;
    case 'unreadable':
      return `the cluster does not let me look at it: ${result.reason}`;
    case 'moved':
      return result.comparison.kind === 'replaced'
        ? 'it was deleted meanwhile'
        : 'somebody else changed it meanwhile, and I left that as it is';
    case 'frozen':
      return 'changes are frozen';
    default:
      return assertNever(result);
  }
}
