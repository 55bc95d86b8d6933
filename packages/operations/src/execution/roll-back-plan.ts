import type { ClusterConnection, PlanId, PlanRecord, Step, StoreChange } from '@jamie/core';
import { getPlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { rollbackStepOf } from '../planning/rollback-step.ts';
import { startRollbackVerification } from '../verification/start-verification.ts';
import { verifyJobChange } from '../verification/verify-job.ts';
import { completeIntent } from './complete-intent.ts';
import { describeRollback } from './describe-rollback.ts';
import { describeStop } from './describe-stop.ts';
import { endEdited } from './end-edited.ts';
import { unknownOutcome } from './intent-outcome.ts';
import { takeLease } from './lease.ts';
import { movedOrRetry, moveOrRetry } from './move-or-retry.ts';
import { refuseWhenStopped } from './refuse-when-stopped.ts';
import { runStep } from './run-step.ts';
import { settleIntents } from './settle-intents.ts';
import type { StepResult, StepStop } from './step-run.ts';
import { rollbackStepsOf, stepStatesOf } from './step-states.ts';

/**
 * Takes back what a plan changed, once, the last step first, whether or not changes are frozen. Where an object is no
 * longer as the plan left it, nothing more is written and a person is asked to look: undoing somebody else's change
 * would make it worse. Safe to run again; throws retryable OpsErrors when it must be.
 */
export async function rollBackPlan(
  context: OperationsContext,
  planId: PlanId,
  signal?: AbortSignal,
): Promise<void> {
  const found = await getPlan(context, planId);
  if (found.status !== 'rolling_back') return;
  const taken = await takeLease(context, found, undefined);
  if (await endEdited(context, taken)) return;
  const connection = context.clusters.connect(taken.plan.cluster);
  const record = await settled(context, connection, taken);
  const { plan } = record;
  const { applied } = stepStatesOf(plan.steps, await context.store.listIntents(planId), 'execute');
  const steps = rollbackStepsOf(plan, applied);
  const permit = context.permits.mint(
    { planId, cluster: plan.cluster, identity: plan.requester.kubernetes },
    steps.map(({ request }) => request),
  );
  await takeBack(context, record, steps, async (current, step) => {
    refuseWhenStopped(signal);
    return runStep(context, current, { connection, phase: 'rollback', step, permit, isUnderWay: true });
  });
}

/** Finds out what became of a request that was in doubt, and records it before anything is taken back. */
async function settled(
  context: OperationsContext,
  { reader }: ClusterConnection,
  record: PlanRecord,
): Promise<PlanRecord> {
  const intents = await context.store.listIntents(record.plan.id);
  const also = await settleIntents(context, record, reader, intents);
  if (also.length === 0) return record;
  return movedOrRetry(context, record, {
    event: { kind: 'step_restored' },
    actor: 'system',
    also,
    isShown: false,
  });
}

async function takeBack(
  context: OperationsContext,
  start: PlanRecord,
  steps: readonly Step[],
  run: (record: PlanRecord, step: Step) => Promise<StepResult>,
): Promise<void> {
  let record = start;
  const actor = start.plan.requester.kubernetes.user;
  for (const [index, step] of steps.entries()) {
    const result = await run(record, step);
    const changes = changesOf(context, result);
    if (changes === undefined) return stopRollback(context, result as StepStop);
    record = result.record;
    if (index === steps.length - 1) return finish(context, record, steps, changes);
    if (changes.length === 0) continue;
    record = await movedOrRetry(context, record, {
      event: { kind: 'step_restored' },
      actor,
      also: changes,
      details: { stepId: step.id },
      isShown: false,
    });
  }
  await finish(context, record, steps, []);
}

/** What records that a step was taken back; undefined where it was not. */
function changesOf(context: OperationsContext, result: StepResult): readonly StoreChange[] | undefined {
  if (result.kind === 'done') return result.changes;
  // It is as it was before the plan, whoever saw to that.
  if (result.kind !== 'moved' || result.comparison.kind !== 'in_effect') return undefined;
  return completeIntent(context, result.intentId, { kind: 'already_applied', resourceVersion: '' });
}

async function stopRollback(context: OperationsContext, stop: StepStop): Promise<void> {
  const { record } = stop;
  const { plan } = record;
  const why = stop.kind === 'frozen' ? 'changes are frozen' : describeStop(stop);
  const outcome = stop.inDoubt ? unknownOutcome(why) : ({ kind: 'not_applied', reason: why } as const);
  const intents = await context.store.listIntents(plan.id);
  const back = stepStatesOf(plan.rollback, intents, 'rollback').applied;
  const state = describeRollback(plan, stepStatesOf(plan.steps, intents, 'execute'), (step) =>
    back.some(({ id }) => id === rollbackStepOf(plan, step)?.id),
  );
  await moveOrRetry(context, record, {
    event: {
      kind: 'rollback_failed',
      reason: `${record.reason} The rollback was not carried out: ${why}. ${state}Somebody has to look at it.`,
    },
    actor: 'system',
    also: completeIntent(context, stop.intentId, outcome),
    details: { stepId: stop.step.id },
  });
}

/** Everything that could be taken back has been. */
async function finish(
  context: OperationsContext,
  record: PlanRecord,
  steps: readonly Step[],
  changes: readonly StoreChange[],
): Promise<void> {
  const { plan, reason } = record;
  const states = stepStatesOf(plan.steps, await context.store.listIntents(plan.id), 'execute');
  const told = `${reason} ${describeRollback(plan, states, () => true)}`;
  const actor = plan.requester.kubernetes.user;
  if (states.unknown.length > 0) {
    const event = { kind: 'rollback_failed', reason: `${told}Somebody has to look at it.` } as const;
    return moveOrRetry(context, record, { event, actor, also: changes });
  }
  const verification = await startRollbackVerification(context, record, steps);
  await moveOrRetry(context, record, {
    event: { kind: 'rollback_applied', verification, reason: `${told}Restored; verifying.` },
    actor,
    also: [...changes, verifyJobChange(context, record, 0)],
  });
}
