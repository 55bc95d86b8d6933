import type { ClusterConnection, PlanRecord, Step, VerificationProgress } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { describeObservation } from './observation.ts';
import { observeTarget } from './observe-target.ts';

/** The first look after a change: from here on restarts must stay flat. */
export async function startVerification(
  context: OperationsContext,
  record: PlanRecord,
  connection: ClusterConnection,
  steps: readonly Step[] = record.plan.steps,
): Promise<VerificationProgress> {
  const startedAt = context.clock.now();
  const step = steps[0];
  const observation =
    step === undefined
      ? ({ kind: 'blind', why: 'the plan has no steps' } as const)
      : await observeTarget(connection.reader, step, startedAt, record.plan.requester.kubernetes);
  return {
    startedAt,
    deadlineAt: startedAt + withinMsOf(record),
    restarts: observation.kind === 'seen' ? observation.restarts : 0,
    lastObservation: describeObservation(observation),
    blindObservations: observation.kind === 'seen' ? 0 : 1,
  };
}

function withinMsOf(record: PlanRecord): number {
  const rollout = record.plan.postConditions.find((condition) => condition.kind === 'rollout_complete');
  return rollout?.withinMs ?? 0;
}
