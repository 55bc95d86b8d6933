import type { PostCondition, WorkloadRef } from '@jamie/core';
import type { OperationsTiming } from '../operations-context.ts';
import type { Compiled } from './compiled.ts';

/** What must hold after the change: the rollout ends, stays ready, and nothing restarts. */
export function postConditionsOf(
  target: WorkloadRef,
  compiled: Compiled,
  timing: OperationsTiming,
): readonly PostCondition[] {
  const complete: PostCondition = { kind: 'rollout_complete', ref: target, withinMs: timing.verifyWithinMs };
  if (compiled.wantedReplicas === 0) return [complete];
  return [
    complete,
    { kind: 'ready_for', ref: target, durationMs: timing.readyForMs },
    { kind: 'restarts_flat', ref: target },
  ];
}
