import type { ObjectView, PodView, RecentChange, ReplicaSetView, WorkloadView } from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import { toSingleLine } from '../evidence/cluster-text.ts';
import { observeField } from '../evidence/observe.ts';
import { refOf } from '../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';
import { CHANGE_WINDOW_MS, START_GRACE_MS } from '../thresholds.ts';

/** Kubernetes puts it into every new namespace and every pod (kube-controller-manager, root CA publisher): nobody's change. */
const ROOT_CERTIFICATE = 'kube-root-ca.crt';

/** What changed in the hour before a fault began: new revisions and new ConfigMaps of its workload, newest first. */
export function findChanges(index: SnapshotIndex, fault: Fault): readonly RecentChange[] {
  const subject = index.find(fault.subject);
  const workload = subject === undefined ? undefined : index.workloadOf(subject);
  const changes = [
    ...(workload === undefined ? [] : revisionChanges(index, workload)),
    ...configChanges(index, fault.pods),
  ];
  return changes
    .filter(
      (change) => change.at >= fault.since - CHANGE_WINDOW_MS && change.at <= fault.since + START_GRACE_MS,
    )
    .sort((left, right) => compareNumbers(right.at, left.at) || compareText(left.summary, right.summary));
}

function revisionChanges(index: SnapshotIndex, workload: WorkloadView): readonly RecentChange[] {
  const [newest, previous] = index.replicaSetsOf(workload);
  if (newest === undefined || previous === undefined) return [];
  const since = rolledOutBy(index, workload, newest, previous);
  if (since === undefined) return [];
  const summary = describeRevision(newest, previous);
  const evidence = observeField(since, 'metadata.creationTimestamp', summary, since.createdAt);
  return [{ ref: refOf(workload), at: since.createdAt, summary, evidence }];
}

/** What was made when the newest revision was rolled out: its ReplicaSet, or, where an old one is used again, its first pod. */
function rolledOutBy(
  index: SnapshotIndex,
  workload: WorkloadView,
  newest: ReplicaSetView,
  previous: ReplicaSetView,
): ObjectView | undefined {
  if (newest.createdAt >= previous.createdAt) return newest;
  return index
    .podsOf(workload)
    .filter((pod) => pod.owner?.uid === newest.uid)
    .toSorted((left, right) => compareNumbers(left.createdAt, right.createdAt))[0];
}

/** Says what a revision changed: images from old to new, or that the template changed otherwise. */
function describeRevision(newest: ReplicaSetView, previous: ReplicaSetView): string {
  const images = Object.entries(newest.images)
    .filter(([container, image]) => previous.images[container] !== image)
    .map(([container, image]) => `image of ${container} ${previous.images[container] ?? '(none)'} → ${image}`)
    .sort();
  const what =
    images.length === 0 ? 'the images stayed, another part of the template changed' : images.join(', ');
  const cause = newest.changeCause === '' ? '' : ` (${newest.changeCause})`;
  return toSingleLine(`revision ${newest.revision} replaced revision ${previous.revision}: ${what}${cause}`);
}

function configChanges(index: SnapshotIndex, pods: readonly PodView[]): readonly RecentChange[] {
  const names = new Map<string, { readonly namespace: string; readonly name: string }>();
  for (const pod of pods) {
    for (const reference of pod.references) {
      if (reference.kind !== 'ConfigMap' || reference.name === ROOT_CERTIFICATE) continue;
      names.set(`${pod.namespace}/${reference.name}`, { namespace: pod.namespace, name: reference.name });
    }
  }
  return [...names.values()].flatMap(({ namespace, name }) => {
    const view = index.find({ kind: 'ConfigMap', namespace, name });
    if (view === undefined) return [];
    const summary = `ConfigMap ${name} was created`;
    const evidence = observeField(view, 'metadata.creationTimestamp', summary, view.createdAt);
    return [{ ref: refOf(view), at: view.createdAt, summary, evidence }];
  });
}
