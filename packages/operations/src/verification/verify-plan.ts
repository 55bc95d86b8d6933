import type { Intent, Plan, PlanId, PlanRecord, VerificationProgress } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { rollbackStepsOf, stepStatesOf } from '../execution/step-states.ts';
import { getPlan, type MoveOptions, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { type Evaluation, evaluateRollback, evaluateVerification, evaluateWatch } from './evaluate.ts';
import { nameChanger } from './name-changer.ts';
import { CHANGED_BY_OTHERS, type Observation } from './observation.ts';
import { observeSubjects } from './observe-subjects.ts';
import { readAs } from './read-as.ts';
import { type Subject, subjectsOfChange, subjectsOfRollback, subjectsOfWatch } from './subjects.ts';
import { rollbackJobChange, verifyJobChange } from './verify-job.ts';

/**
 * Looks once at everything that a plan which is being verified or watched has touched, judges, and asks for the next
 * look. Does nothing to a plan that has moved on; safe to repeat.
 */
export async function verifyPlan(context: OperationsContext, planId: PlanId, tick: number): Promise<void> {
  const record = await getPlan(context, planId);
  if (!['verifying', 'watching', 'verifying_rollback'].includes(record.status)) return;
  const { verification, plan } = record;
  if (verification === undefined)
    throw new OpsError('internal', 'plan to verify has no progress', { details: { planId } });
  const intents = await context.store.listIntents(planId);
  const observation = await observeSubjects(
    readAs(context.clusters.connect(plan.cluster), plan.requester.kubernetes),
    subjectsOf(record, intents),
    verification.startedAt,
  );
  const judged = evaluate(context, record, verification, settledWatch(record, observation));
  const evaluation = await withChanger(context, record, judged);
  const moved = await movePlan(context, record, moveOf(context, record, intents, evaluation, tick));
  if (moved.kind === 'lost')
    throw new OpsError('conflict', 'plan moved while it was observed', { retryable: true, retryAfterMs: 0 });
}

async function withChanger(
  context: OperationsContext,
  record: PlanRecord,
  evaluation: Evaluation,
): Promise<Evaluation> {
  if (evaluation.kind !== 'inconclusive' || evaluation.reason !== CHANGED_BY_OTHERS) return evaluation;
  return { ...evaluation, reason: await nameChanger(context, record) };
}

function subjectsOf({ status, plan }: PlanRecord, intents: readonly Intent[]): readonly Subject[] {
  switch (status) {
    case 'watching':
      return subjectsOfWatch(plan);
    case 'verifying_rollback':
      return subjectsOfRollback(
        plan,
        rollbackStepsOf(plan, stepStatesOf(plan.steps, intents, 'execute').applied),
      );
    default:
      return subjectsOfChange(plan);
  }
}

/** A verified change of which nothing can change any more has nothing to be watched for. */
function settledWatch({ status, plan }: PlanRecord, observation: Observation): Observation {
  if (status !== 'watching' || subjectsOfWatch(plan).length > 0) return observation;
  return { kind: 'seen', complete: true, said: [] };
}

function evaluate(
  context: OperationsContext,
  record: PlanRecord,
  verification: VerificationProgress,
  observation: Observation,
): Evaluation {
  const now = context.clock.now();
  const limits = {
    readyForMs: readyForMsOf(record.plan),
    failFastAfterMs: context.timing.failFastAfterMs,
  };
  switch (record.status) {
    case 'watching':
      return evaluateWatch(verification, observation, now, record.watchUntil ?? now, limits);
    case 'verifying_rollback':
      return evaluateRollback(verification, observation, now, record.baseline?.readyReplicas ?? 0, limits);
    default:
      return evaluateVerification(verification, observation, now, limits);
  }
}

/** The longest that anything has to hold. */
function readyForMsOf({ postConditions }: Plan): number {
  return Math.max(
    0,
    ...postConditions.map((condition) => ('durationMs' in condition ? condition.durationMs : 0)),
  );
}

function moveOf(
  context: OperationsContext,
  record: PlanRecord,
  intents: readonly Intent[],
  evaluation: Evaluation,
  tick: number,
): MoveOptions {
  const actor = 'system';
  const { progress } = evaluation;
  switch (evaluation.kind) {
    case 'pending':
      return {
        event: { kind: 'observed', verification: progress },
        actor,
        also: [verifyJobChange(context, record, tick + 1)],
        isShown: progress.lastObservation !== record.verification?.lastObservation,
      };
    case 'inconclusive':
      return {
        event: {
          kind: 'inconclusive',
          reason: inconclusiveReason(record, evaluation.reason, progress.lastObservation),
        },
        actor,
      };
    case 'passed':
      return passed(context, record, evaluation, tick);
    case 'failed':
      return failed(record, intents, evaluation.reason);
  }
}

function inconclusiveReason(record: PlanRecord, reason: string, last: string): string {
  const what =
    record.status === 'verifying_rollback' ? 'Rolled back, but not verified' : 'Applied, but not verified';
  return `${what}: ${reason} Last seen: ${last}`;
}

function passed(
  context: OperationsContext,
  record: PlanRecord,
  evaluation: Evaluation,
  tick: number,
): MoveOptions {
  const actor = 'system';
  const { progress } = evaluation;
  if (record.status === 'verifying_rollback') {
    return {
      event: {
        kind: 'rolled_back',
        reason: `${record.reason} Rolled back and verified: ${progress.lastObservation}`,
      },
      actor,
    };
  }
  if (record.status === 'watching') {
    return {
      event: {
        kind: 'succeeded',
        reason: `Done, verified, and still well after the watch: ${progress.lastObservation}`,
      },
      actor,
    };
  }
  const watchUntil = context.clock.now() + record.plan.risk.watchMs;
  return {
    event: {
      kind: 'verified',
      verification: progress,
      watchUntil,
      reason: `Done and verified: ${progress.lastObservation}`,
    },
    actor,
    also: [verifyJobChange(context, { ...record, status: 'watching' }, tick + 1)],
  };
}

function failed(record: PlanRecord, intents: readonly Intent[], reason: string): MoveOptions {
  const actor = 'system';
  const { plan } = record;
  const name = touchedName(plan);
  if (record.status === 'verifying_rollback') {
    return {
      event: {
        kind: 'rollback_failed',
        reason: `Rolled back, but ${name} is not well again: ${reason} Somebody has to look at it.`,
      },
      actor,
    };
  }
  const { applied } = stepStatesOf(plan.steps, intents, 'execute');
  if (rollbackStepsOf(plan, applied).length === 0) {
    return {
      event: {
        kind: 'failed',
        reason: `Done, but it did not turn out well: ${reason} There is no way back. Somebody has to look at it.`,
      },
      actor,
    };
  }
  return {
    event: { kind: 'rollback_started', reason: `Made ${name} worse: ${reason} Rolling back.` },
    actor,
    also: [rollbackJobChange(record)],
  };
}

/** What a plan touches, by the name of the first and the number of the others. */
function touchedName({ steps }: Plan): string {
  const names = [...new Set(steps.map(({ target }) => target.ref.name))];
  const others = names.length - 1;
  if (others === 0) return names[0] ?? '';
  return `${names[0]} and ${others} ${others === 1 ? 'other' : 'others'}`;
}
