import type { PlanId, PlanRecord, Step } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { getPlan, type MoveOptions, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { type Evaluation, evaluateRollback, evaluateVerification, evaluateWatch } from './evaluate.ts';
import type { Observation } from './observation.ts';
import { observeTarget } from './observe-target.ts';
import { rollbackJobChange, verifyJobChange } from './verify-job.ts';

/**
 * Looks once at the target of a plan that is being verified or watched, judges, and asks for the next look. Does
 * nothing to a plan that has moved on; safe to repeat.
 */
export async function verifyPlan(context: OperationsContext, planId: PlanId, tick: number): Promise<void> {
  const record = await getPlan(context, planId);
  if (!['verifying', 'watching', 'verifying_rollback'].includes(record.status)) return;
  const { verification, plan } = record;
  const step = (record.status === 'verifying_rollback' ? plan.rollback : plan.steps)[0];
  if (verification === undefined || step === undefined) {
    throw new OpsError('internal', 'plan to verify has no progress or no step', { details: { planId } });
  }
  const { reader } = context.clusters.connect(plan.cluster);
  const observation = await observeTarget(reader, step, verification.startedAt, plan.requester.kubernetes);
  const evaluation = evaluate(context, record, observation);
  const moved = await movePlan(context, record, moveOf(context, record, step, evaluation, tick));
  if (moved.kind === 'lost')
    throw new OpsError('conflict', 'plan moved while it was observed', { retryable: true, retryAfterMs: 0 });
}

function evaluate(context: OperationsContext, record: PlanRecord, observation: Observation): Evaluation {
  const { verification } = record;
  if (verification === undefined) throw new OpsError('internal', 'plan to verify has no progress');
  const now = context.clock.now();
  const readyFor = record.plan.postConditions.find((condition) => condition.kind === 'ready_for');
  const limits = { readyForMs: readyFor?.durationMs ?? 0, failFastAfterMs: context.timing.failFastAfterMs };
  switch (record.status) {
    case 'watching':
      return evaluateWatch(verification, observation, now, record.watchUntil ?? now, limits);
    case 'verifying_rollback':
      return evaluateRollback(verification, observation, now, record.baseline?.readyReplicas ?? 0, limits);
    default:
      return evaluateVerification(verification, observation, now, limits);
  }
}

function moveOf(
  context: OperationsContext,
  record: PlanRecord,
  step: Step,
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
      return failed(record, step, evaluation.reason);
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

function failed(record: PlanRecord, step: Step, reason: string): MoveOptions {
  const actor = 'system';
  const { name } = step.target.ref;
  if (record.status === 'verifying_rollback') {
    return {
      event: {
        kind: 'rollback_failed',
        reason: `Rolled back, but ${name} is not well again: ${reason} Somebody has to look at it.`,
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
