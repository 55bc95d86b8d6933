import type { Plan, PlanRecord, Step, VerificationProgress } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { describeObservation, NO_PODS } from './observation.ts';
import { observeSubjects } from './observe-subjects.ts';
import { readAs } from './read-as.ts';
import { type Subject, subjectsOfChange, subjectsOfRollback } from './subjects.ts';

/** The first look after a change: from here on restarts must stay flat. */
export function startVerification(
  context: OperationsContext,
  { plan }: PlanRecord,
): Promise<VerificationProgress> {
  return start(context, plan, subjectsOfChange(plan));
}

/** The first look after these steps took a change back. */
export function startRollbackVerification(
  context: OperationsContext,
  { plan }: PlanRecord,
  rollback: readonly Step[],
): Promise<VerificationProgress> {
  return start(context, plan, subjectsOfRollback(plan, rollback));
}

async function start(
  context: OperationsContext,
  plan: Plan,
  subjects: readonly Subject[],
): Promise<VerificationProgress> {
  const reader = readAs(context.clusters.connect(plan.cluster), plan.requester.kubernetes);
  const startedAt = context.clock.now();
  const observation = await observeSubjects(reader, subjects, startedAt);
  const isSeen = observation.kind === 'seen';
  return {
    startedAt,
    deadlineAt: startedAt + withinMsOf(context, plan),
    restarts: isSeen ? (observation.pods ?? NO_PODS).restarts : 0,
    lastObservation: describeObservation(observation),
    blindObservations: isSeen ? 0 : 1,
  };
}

/** The longest time that any condition is given; where none names one, that of a rollout. */
function withinMsOf({ timing }: OperationsContext, { postConditions }: Plan): number {
  const limits = postConditions.flatMap((condition) => ('withinMs' in condition ? [condition.withinMs] : []));
  return limits.length === 0 ? timing.verifyWithinMs : Math.max(...limits);
}
