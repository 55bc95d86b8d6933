import type { Proposal, WorkloadView } from '@jamie/core';
import { isPodReady } from '../snapshot/conditions.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { countOf } from '../wording.ts';

export type ScaleDecision =
  | { readonly kind: 'propose'; readonly replicas: number; readonly proposal: Proposal }
  | {
      readonly kind: 'no';
      readonly reason: 'cannot_be_scaled' | 'autoscaled' | 'rollout_under_way' | 'nothing_fits';
    };

/**
 * Decides whether asking for fewer pods would make a workload whole: only when some of its pods are ready, all of one
 * revision, and no autoscaler would ask for the rest again. `why` says what the others lack.
 */
export function scaleToWhatFits(
  index: SnapshotIndex,
  workload: WorkloadView | undefined,
  why: string,
): ScaleDecision {
  if (workload === undefined || workload.kind === 'DaemonSet')
    return { kind: 'no', reason: 'cannot_be_scaled' };
  if (isAutoscaled(index, workload)) return { kind: 'no', reason: 'autoscaled' };
  const sets = index.replicaSetsOf(workload).filter((set) => set.replicas > 0);
  if (sets.length > 1) return { kind: 'no', reason: 'rollout_under_way' };
  const replicas = index.podsOf(workload).filter(isPodReady).length;
  if (replicas < 1 || replicas >= workload.replicas) return { kind: 'no', reason: 'nothing_fits' };
  const { kind, namespace, name } = workload;
  return {
    kind: 'propose',
    replicas,
    proposal: {
      label: `Scale ${name} down to ${replicas}`,
      advice: `${countOf(replicas, 'pod')} of ${workload.replicas} ${replicas === 1 ? 'runs' : 'run'}, and for the others ${why}. Fewer make it whole; whether they carry the load is for you to say.`,
      operation: { kind: 'scale', target: { kind, namespace, name }, replicas },
    },
  };
}

function isAutoscaled(index: SnapshotIndex, { kind, namespace, name }: WorkloadView): boolean {
  return index.autoscalers.some(
    (scaler) => scaler.namespace === namespace && scaler.target.kind === kind && scaler.target.name === name,
  );
}
