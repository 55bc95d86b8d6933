import { formatObjectRef } from '@jamie/core';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';
import { compareFaults, compareSeverity } from './compare-faults.ts';
import { losesService } from './loses-service.ts';
import type { CauseGroup } from './merge-faults.ts';

/** How much of what people use a cause takes away. */
interface Impact {
  /** Services without a ready endpoint because of it. */
  readonly services: number;
  /** Ready pods of desired ones, 0 to 1; 1 where no workload is concerned. */
  readonly readyShare: number;
}

/** Measures a cause by the Services and ready pods that it costs. */
function impactOf(index: SnapshotIndex, group: CauseGroup): Impact {
  const faults = [group.root, ...group.consequences];
  const workloads = new Set(
    faults.flatMap((fault) => fault.pods.flatMap((pod) => index.workloadOf(pod) ?? [])),
  );
  const subject = index.find(group.root.subject);
  const own = subject === undefined ? undefined : index.workloadOf(subject);
  if (own !== undefined) workloads.add(own);
  let ready = 0;
  let desired = 0;
  for (const workload of workloads) {
    ready += Math.min(workload.readyReplicas, workload.replicas);
    desired += workload.replicas;
  }
  const services = new Set(faults.filter(losesService).map((fault) => formatObjectRef(fault.subject)));
  return { services: services.size, readyShare: desired > 0 ? ready / desired : 1 };
}

/** Causes, worst first: severity, Services lost, share of pods still ready, then the newest. */
export function rankCauses(index: SnapshotIndex, groups: readonly CauseGroup[]): readonly CauseGroup[] {
  const ranked = groups.map((group) => ({ group, impact: impactOf(index, group) }));
  ranked.sort(
    (left, right) =>
      compareSeverity(left.group.root.severity, right.group.root.severity) ||
      right.impact.services - left.impact.services ||
      compareNumbers(left.impact.readyShare, right.impact.readyShare) ||
      compareNumbers(right.group.root.since, left.group.root.since) ||
      compareText(formatObjectRef(left.group.root.subject), formatObjectRef(right.group.root.subject)) ||
      compareFaults(left.group.root, right.group.root),
  );
  return ranked.map((entry) => entry.group);
}
