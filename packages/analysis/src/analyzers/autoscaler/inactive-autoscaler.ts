import type { ConditionView, HorizontalPodAutoscalerView } from '@jamie/core';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { scaleTargetOf } from './scale-target.ts';

/** Why an autoscaler does not scale. */
export type Inactivity =
  | { readonly reason: 'requests_missing'; readonly containers: readonly string[]; readonly resource: string }
  | { readonly reason: 'metrics_missing'; readonly condition: ConditionView }
  | { readonly reason: 'cannot_scale'; readonly condition: ConditionView }
  /** At work, resting at zero or within its bounds, new, or told by another detection. */
  | { readonly reason: 'none' };

// kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go and replica_calculator.go.
const MISSING_REQUEST = /missing request for (\S{1,63})(?: in container (\S{1,63}))?/;
const BACKING_OFF: ReadonlySet<string> = new Set(['BackoffBoth', 'BackoffDownscale', 'BackoffUpscale']);

/** Why an autoscaler does nothing. What is missing beneath it is another detection's. */
export function decideInactivity(index: SnapshotIndex, scaler: HorizontalPodAutoscalerView): Inactivity {
  const target = scaleTargetOf(index, scaler);
  if (target.kind === 'missing' || target.kind === 'cannot_scale') return { reason: 'none' };
  const active = findCondition(scaler, 'ScalingActive');
  if (active?.reason === 'ScalingDisabled') return { reason: 'none' };
  const able = findCondition(scaler, 'AbleToScale');
  if (able?.status === 'False' && isOld(index, able) && !BACKING_OFF.has(able.reason))
    return { reason: 'cannot_scale', condition: able };
  if (active?.status === 'True') return { reason: 'none' };
  const requests = missingRequests(index, scaler, active?.message ?? '');
  if (requests !== undefined) return { reason: 'requests_missing', ...requests };
  if (active?.status === 'False' && isOld(index, active))
    return { reason: 'metrics_missing', condition: active };
  return { reason: 'none' };
}

/** Metrics come a minute or two after the pods. */
function isOld(index: SnapshotIndex, condition: ConditionView): boolean {
  return index.takenAt - condition.since >= ROLLOUT_GRACE_MS;
}

function missingRequests(index: SnapshotIndex, scaler: HorizontalPodAutoscalerView, message: string) {
  const target = scaleTargetOf(index, scaler);
  const [, told, named] = MISSING_REQUEST.exec(message) ?? [];
  const resource = told ?? scaler.utilisationOf[0];
  if (resource === undefined) return undefined;
  if (target.kind !== 'workload')
    return told === undefined ? undefined : { resource, containers: named === undefined ? [] : [named] };
  // A limit without a request is the request too, and a LimitRange may have added one: pods say what became of it.
  const pods = index.podsOf(target.workload);
  const containers = pods[0]?.containers ?? target.workload.template.spec.containers;
  const without = containers
    .filter(({ isInit, requests, limits }) => !isInit && !(resource in requests) && !(resource in limits))
    .map(({ name }) => name);
  return without.length === 0 && told === undefined ? undefined : { resource, containers: without };
}
