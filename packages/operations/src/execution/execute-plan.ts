import type {
  ClusterConnection,
  FieldChange,
  FreezeState,
  PlanId,
  PlanRecord,
  Step,
  StoreChange,
} from '@jamie/core';
import { assertNever, isTerminal, OpsError } from '@jamie/core';
import { checkGuardrails } from '@jamie/policy';
import { repaintChanges } from '../announce.ts';
import { getPlan, type MoveOptions, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { applyPlanEvent } from '../plan-event.ts';
import { planHash } from '../planning/plan-hash.ts';
import { readyReplicasOf } from '../planning/replica-counts.ts';
import { startVerification } from '../verification/start-verification.ts';
import { verifyJobChange } from '../verification/verify-job.ts';
import { completeIntent } from './complete-intent.ts';
import { endStale } from './end-stale.ts';
import { takeLease } from './lease.ts';
import { type LiveObject, readLive } from './read-live.ts';
import { reviewRights } from './review-rights.ts';
import { runStep, type StepResult } from './run-step.ts';

/**
 * Carries out an approved plan, once. Safe to run again at any time and from any process: it looks at the record, the
 * intent log and the live object first. Throws retryable OpsErrors when it must be run again.
 */
export async function executePlan(context: OperationsContext, planId: PlanId): Promise<void> {
  const found = await getPlan(context, planId);
  if (found.status !== 'approved' && found.status !== 'executing') return;
  const freeze = await context.store.readFreeze();
  const hasStarted = (await context.store.listIntents(planId)).length > 0;
  if (!hasStarted && (await holdOrExpire(context, found, freeze))) return;

  const connection = context.clusters.connect(found.plan.cluster);
  const step = onlyStep(found);
  const before = await readLive(connection.reader, step.target.ref, found.plan.requester.kubernetes);
  const readyReplicas = before.kind === 'found' ? readyReplicasOf(before.object) : undefined;
  const record = await takeLease(context, found, readyReplicas);
  if (!hasStarted && (await endBeforeStart(context, record, before))) return;

  const identity = record.plan.requester.kubernetes;
  const permit = context.permits.mint({ planId, cluster: record.plan.cluster, identity }, [step.request]);
  const result = await runStep(context, record, { connection, phase: 'execute', step, permit, freeze });
  if (result.kind !== 'done') return stop(context, result);
  await applied(context, connection, result);
}

async function applied(
  context: OperationsContext,
  connection: ClusterConnection,
  { record, intentId, outcome }: Extract<StepResult, { kind: 'done' }>,
): Promise<void> {
  const verification = await startVerification(context, record, connection);
  const completed = completeIntent(context, intentId, outcome);
  await end(context, record, {
    event: { kind: 'applied', verification, reason: 'Applied. Verifying the result.' },
    actor: record.plan.requester.kubernetes.user,
    also: [...completed, ...(await undoneChanges(context, record)), verifyJobChange(context, record, 0)],
    details: { outcome: outcome.kind },
  });
}

/** Marks the plan that an undo took back, in the commit that records the undo. */
async function undoneChanges(
  context: OperationsContext,
  record: PlanRecord,
): Promise<readonly StoreChange[]> {
  const { operation } = record.plan;
  if (operation.kind !== 'undo') return [];
  const original = await getPlan(context, operation.planId);
  const move = applyPlanEvent(original, { kind: 'undone', by: record.plan.id }, context.clock.now());
  if (move.kind === 'impossible') return [];
  const cards = await context.store.listMessagesOfPlan(original.plan.id);
  return [
    { kind: 'plan.update', record: move.record, expectedVersion: original.version },
    ...repaintChanges(move.record, cards),
  ];
}

/** Every operation so far is one request; a plan of several needs compensation between them. */
function onlyStep(record: PlanRecord): Step {
  const [step, ...others] = record.plan.steps;
  if (step !== undefined && others.length === 0) return step;
  throw new OpsError('internal', 'plan does not have exactly one step', {
    details: { planId: record.plan.id },
  });
}

/** Ends a plan that must not start although it was approved. True when it has. */
async function endBeforeStart(
  context: OperationsContext,
  record: PlanRecord,
  before: LiveObject,
): Promise<boolean> {
  const refusal = await refusalBeforeStart(context, record);
  if (refusal !== undefined) {
    await end(context, record, { event: { kind: 'refused', reason: refusal }, actor: 'system' });
    return true;
  }
  if (before.kind !== 'gone') return false;
  await endStale(context, record, 'It was deleted after the preview. Nothing was changed.');
  return true;
}

/** True when the plan is not to start now: approved too long ago, or everything is frozen. */
async function holdOrExpire(
  context: OperationsContext,
  record: PlanRecord,
  freeze: FreezeState,
): Promise<boolean> {
  if (record.status === 'approved' && context.clock.now() >= record.plan.expiresAt) {
    const reason = 'It expired before it could start. Nothing was changed. Ask for it again.';
    await end(context, record, { event: { kind: 'expired', reason }, actor: 'system' });
    return true;
  }
  if (!freeze.frozen) return false;
  await end(context, record, { event: { kind: 'held', reason: heldReason(freeze.reason) }, actor: 'system' });
  return true;
}

function heldReason(reason: string): string {
  return `Approved, and held: all changes are frozen (${reason}). It starts once they are unfrozen, if it has not expired.`;
}

/** Everything that may have changed between approval and start, except the object itself. */
async function refusalBeforeStart(
  context: OperationsContext,
  record: PlanRecord,
): Promise<string | undefined> {
  const { plan } = record;
  const { hash, ...open } = plan;
  if (planHash(open, context.digest) !== hash)
    return 'The stored plan is not the one that was approved. Nothing was changed.';
  if (plan.policyVersion !== context.policy.current().version)
    return 'The rules changed after the preview. Nothing was changed. Ask for it again.';
  for (const step of plan.steps) {
    const guardrail = checkGuardrails(step.target.ref, context.ownNamespace);
    if (guardrail.kind === 'deny') return guardrail.message;
  }
  return reviewRights(context, record);
}

async function stop(
  context: OperationsContext,
  result: Exclude<StepResult, { kind: 'done' }>,
): Promise<void> {
  const { record } = result;
  switch (result.kind) {
    case 'frozen': {
      const freeze = await context.store.readFreeze();
      return end(context, record, {
        event: { kind: 'held', reason: heldReason(freeze.reason) },
        actor: 'system',
      });
    }
    case 'rejected':
      return end(context, record, {
        event: { kind: 'failed', reason: `The cluster refused it: ${result.reason} Nothing was changed.` },
        actor: record.plan.requester.kubernetes.user,
        also: completeIntent(context, result.intentId, { kind: 'not_applied', reason: result.reason }),
      });
    case 'unreadable':
      return endUnreadable(context, result);
    case 'moved':
      if (result.intentId === undefined) return endStale(context, record, staleReason(result.comparison));
      return end(context, record, {
        event: { kind: 'inconclusive', reason: lostTrackReason(result.comparison) },
        actor: 'system',
        also: completeIntent(context, result.intentId, {
          kind: 'not_applied',
          reason: 'unknown: the object was changed by somebody else since',
        }),
      });
    default:
      return assertNever(result);
  }
}

async function endUnreadable(
  context: OperationsContext,
  { record, reason, intentId }: Extract<StepResult, { kind: 'unreadable' }>,
): Promise<void> {
  if (intentId === undefined) {
    return end(context, record, {
      event: {
        kind: 'refused',
        reason: `The cluster does not let me look at it: ${reason} Nothing was changed.`,
      },
      actor: 'system',
    });
  }
  return end(context, record, {
    event: {
      kind: 'inconclusive',
      reason: `I was interrupted while sending this, and the cluster no longer lets me look at it: ${reason} I cannot tell whether my change arrived.`,
    },
    actor: 'system',
    also: completeIntent(context, intentId, {
      kind: 'not_applied',
      reason: 'unknown: the object cannot be read any more',
    }),
  });
}

function staleReason(comparison: Extract<StepResult, { kind: 'moved' }>['comparison']): string {
  if (comparison.kind === 'replaced')
    return 'It was deleted or made anew after the preview. Nothing was changed.';
  if (comparison.kind === 'in_effect')
    return 'Somebody else made this change already. Nothing was changed by me.';
  return `It changed after the preview (${comparison.changes.map(describeChange).join('; ')}). Nothing was changed.`;
}

/** An interrupted run may or may not have sent the request, and the object tells neither way any more. */
function lostTrackReason(comparison: Extract<StepResult, { kind: 'moved' }>['comparison']): string {
  const now =
    comparison.kind === 'moved' ? ` (now ${comparison.changes.map(describeChange).join('; ')})` : '';
  return `I was interrupted while sending this, and the object has been changed by somebody else since${now}. I cannot tell whether my change arrived. Look at it before you do anything else.`;
}

function describeChange(change: FieldChange): string {
  const isShort = [change.before, change.after].every((value) => typeof value !== 'object' || value === null);
  const name = change.pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
  return isShort ? `${name} ${JSON.stringify(change.before)} → ${JSON.stringify(change.after)}` : name;
}

/** Moves the plan; a lost race is run again, for the next run reads the record anew. */
async function end(context: OperationsContext, record: PlanRecord, options: MoveOptions): Promise<void> {
  const moved = await movePlan(context, record, options);
  if (moved.kind === 'moved') return;
  if (moved.kind === 'impossible' && isTerminal(moved.status)) return;
  throw new OpsError('conflict', 'plan moved while it was being carried out', {
    retryable: true,
    retryAfterMs: 0,
  });
}
