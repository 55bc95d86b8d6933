import type { ClusterSnapshot, KubeObject, WorkloadRef } from '@jamie/core';
import { type CompileResult, refuseCompile } from './compiled.ts';
import { readyReplicasOf, wantedReplicasOf } from './replica-counts.ts';

/** Compiles "scale to n" against the live workload: one write to the scale subresource. */
export function compileScale(
  target: WorkloadRef,
  replicas: number,
  live: KubeObject,
  snapshot: ClusterSnapshot,
): CompileResult {
  if (target.kind === 'DaemonSet') {
    return refuseCompile(
      'not_applicable',
      `DaemonSet ${target.name} runs one pod per node; it has no replica count.`,
    );
  }
  const current = wantedReplicasOf(live);
  if (current === replicas) {
    return refuseCompile(
      'no_change',
      `${target.kind} ${target.name} already asks for ${replicas}. Nothing to change.`,
    );
  }
  const title = `Scale ${target.kind} ${target.name} ${current} → ${replicas}`;
  return {
    kind: 'compiled',
    compiled: {
      effect: 'scale',
      title,
      write: {
        target,
        subresource: 'scale',
        summary: title,
        values: { '/spec/replicas': replicas },
        alsoPinned: [],
      },
      currentReplicas: current,
      wantedReplicas: replicas,
      readyReplicas: readyReplicasOf(live),
      warnings: autoscalerWarnings(target, snapshot),
    },
  };
}

function autoscalerWarnings(target: WorkloadRef, snapshot: ClusterSnapshot): readonly string[] {
  return snapshot.objects.HorizontalPodAutoscaler.filter(
    (autoscaler) =>
      autoscaler.namespace === target.namespace &&
      autoscaler.target.kind === target.kind &&
      autoscaler.target.name === target.name,
  ).map(
    (autoscaler) =>
      `HorizontalPodAutoscaler ${autoscaler.name} sets this count itself (${autoscaler.minReplicas} to ${autoscaler.maxReplicas}) and may change it back.`,
  );
}
