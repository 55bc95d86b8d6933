import type { KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';

function count(object: KubeObject, pointer: string, fallback: number): number {
  const value = readJsonPointer(object, pointer);
  return typeof value === 'number' ? value : fallback;
}

/** Pods that the workload asks for. The API server defaults an absent spec.replicas to 1; a DaemonSet counts nodes. */
export function wantedReplicasOf(workload: KubeObject): number {
  return workload.kind === 'DaemonSet'
    ? count(workload, '/status/desiredNumberScheduled', 0)
    : count(workload, '/spec/replicas', 1);
}

export function readyReplicasOf(workload: KubeObject): number {
  return count(workload, workload.kind === 'DaemonSet' ? '/status/numberReady' : '/status/readyReplicas', 0);
}

/** Pods of the newest template. */
export function updatedReplicasOf(workload: KubeObject): number {
  return count(
    workload,
    workload.kind === 'DaemonSet' ? '/status/updatedNumberScheduled' : '/status/updatedReplicas',
    0,
  );
}

/** Pods that count as available; a StatefulSet without the field counts its ready pods. */
export function availableReplicasOf(workload: KubeObject): number {
  const pointer = workload.kind === 'DaemonSet' ? '/status/numberAvailable' : '/status/availableReplicas';
  return count(workload, pointer, workload.kind === 'StatefulSet' ? readyReplicasOf(workload) : 0);
}

/** All pods of the workload, old templates included. */
export function currentReplicasOf(workload: KubeObject): number {
  return count(
    workload,
    workload.kind === 'DaemonSet' ? '/status/currentNumberScheduled' : '/status/replicas',
    0,
  );
}

export function observedGenerationOf(workload: KubeObject): number {
  return count(workload, '/status/observedGeneration', 0);
}
