import type { ClusterConnection, FreezeState, PlanId, PlanRecord, StoreChange } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { repaintChanges } from '../announce.ts';
import { getPlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { applyPlanEvent } from '../plan-event.ts';
import { startVerification } from '../verification/start-verification.ts';
import { verifyJobChange } from '../verification/verify-job.ts';
import {
  decideStart,
  heldReason,
  type PlanTargets,
  readTargets,
  refusalBeforeStart,
  refusalNow,
  startBefore,
} from './check-start.ts';
import { endEdited } from './end-edited.ts';
import { endStale } from './end-stale.ts';
import { takeLease } from './lease.ts';
import { movedOrRetry, moveOrRetry } from './move-or-retry.ts';
import { refuseWhenStopped } from './refuse-when-stopped.ts';
import { runStep } from './run-step.ts';
import type { StepResult } from './step-run.ts';
import { stopPlan } from './stop-plan.ts';

/**
 * Carries out an approved plan, once, step by step. Safe to run again at any time and from any process: it looks at the
 * record, the intent log and the live objects first. `signal` stops it between two steps. Throws retryable OpsErrors
 * when it must be run again.
 */
export async function executePlan(
  context: OperationsContext,
  planId: PlanId,
  signal?: AbortSignal,
): Promise<void> {
  const found = await getPlan(context, planId);
  if (found.status !== 'approved' && found.status !== 'executing') return;
  const freeze = await context.store.readFreeze();
  const hasStarted = (await context.store.listIntents(planId)).length > 0;
  if (!hasStarted && (await holdOrExpire(context, found, freeze))) return;

  const start = hasStarted ? undefined : await lookBeforeStart(context, found);
  const record = await takeLease(context, found, start?.targets.readyReplicas);
  const hasEnded = start ? await endBeforeStart(context, record, start) : await endEdited(context, record);
  if (hasEnded) return;
  await runSteps(context, record, {
    connection: context.clusters.connect(record.plan.cluster),
    freeze,
    ...(start !== undefined && { targets: start.targets }),
    ...(signal && { signal }),
  });
}

/** What a plan that has sent nothing yet starts from, asked at the same time. */
interface StartFacts {
  readonly targets: PlanTargets;
  /** Why it must not start, whatever its targets are. */
  readonly refusal: string | undefined;
}

async function lookBeforeStart(context: OperationsContext, record: PlanRecord): Promise<StartFacts> {
  const { plan } = record;
  const { reader } = context.clusters.connect(plan.cluster);
  const [targets, refusal] = await Promise.all([
    readTargets(context, reader, plan, plan.requester.kubernetes),
    refusalBeforeStart(context, record),
  ]);
  return { targets, refusal };
}

interface PlanRun {
  readonly connection: ClusterConnection;
  readonly freeze: FreezeState;
  /** As they were read at the start; absent where an earlier run got as far as an intent. */
  readonly targets?: PlanTargets;
  readonly signal?: AbortSignal;
}

/** Each step's outcome is recorded before the next step begins. */
async function runSteps(
  context: OperationsContext,
  start: PlanRecord,
  { connection, freeze, targets, signal }: PlanRun,
): Promise<void> {
  const { plan } = start;
  const permit = context.permits.mint(
    { planId: plan.id, cluster: plan.cluster, identity: plan.requester.kubernetes },
    plan.steps.map(({ request }) => request),
  );
  let record = start;
  for (const [index, step] of plan.steps.entries()) {
    refuseWhenStopped(signal);
    const result = await runStep(context, record, {
      connection,
      phase: 'execute',
      step,
      permit,
      freeze,
      isUnderWay: index > 0,
      ...(targets === undefined
        ? { refusal: () => refusalNow(context, start, [step]) }
        : { seen: index === 0 ? targets.first : undefined }),
    });
    if (result.kind !== 'done') return stopPlan(context, result);
    if (index === plan.steps.length - 1) return finish(context, result);
    record = await recordStep(context, result, index);
  }
  throw new OpsError('internal', 'plan has no steps', { details: { planId: plan.id } });
}

type StepDone = Extract<StepResult, { kind: 'done' }>;

async function recordStep(
  context: OperationsContext,
  { record, outcome, changes }: StepDone,
  index: number,
): Promise<PlanRecord> {
  if (changes.length === 0) return record;
  const { steps, requester } = record.plan;
  const { id, summary } = steps[index] ?? { id: '', summary: '' };
  const appliedSteps = index + 1;
  return movedOrRetry(context, record, {
    event: {
      kind: 'step_done',
      appliedSteps,
      reason: `${appliedSteps} of ${steps.length} done: ${summary.replace(/\.$/, '')}.`,
    },
    actor: requester.kubernetes.user,
    also: changes,
    details: { stepId: id, outcome: outcome.kind },
  });
}

async function finish(context: OperationsContext, { record, outcome, changes }: StepDone): Promise<void> {
  const { plan } = record;
  const verification = await startVerification(context, record);
  await moveOrRetry(context, record, {
    event: {
      kind: 'applied',
      appliedSteps: plan.steps.length,
      verification,
      reason: 'Applied. Verifying the result.',
    },
    actor: plan.requester.kubernetes.user,
    also: [...changes, ...(await undoneChanges(context, record)), verifyJobChange(context, record, 0)],
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

/** Ends a plan that must not start although it was approved. True when it has. */
async function endBeforeStart(
  context: OperationsContext,
  record: PlanRecord,
  { targets, refusal }: StartFacts,
): Promise<boolean> {
  const decision =
    refusal === undefined
      ? decideStart(record.plan, targets)
      : ({ kind: 'refused', reason: refusal } as const);
  if (decision.kind === 'refused') await moveOrRetry(context, record, { event: decision, actor: 'system' });
  if (decision.kind === 'stale') await endStale(context, record, decision.reason);
  return decision.kind !== 'start';
}

/** True when the plan is not to start now: approved too long ago, or everything is frozen. */
async function holdOrExpire(
  context: OperationsContext,
  record: PlanRecord,
  freeze: FreezeState,
): Promise<boolean> {
  if (record.status === 'approved' && context.clock.now() >= startBefore(record)) {
    const why = record.unanswered === undefined ? '' : ` ${record.unanswered.reason}`;
    const reason = `It expired before it could start.${why} Nothing was changed. Ask for it again.`;
    await moveOrRetry(context, record, { event: { kind: 'expired', reason }, actor: 'system' });
    return true;
  }
  if (!freeze.frozen) return false;
  const reason = heldReason(record.plan, 0, freeze);
  await moveOrRetry(context, record, { event: { kind: 'held', reason }, actor: 'system' });
  return true;
}
