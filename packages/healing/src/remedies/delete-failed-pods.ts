import {
  type ClusterSnapshot,
  type Diagnosis,
  type Finding,
  formatObjectRef,
  type ObjectRef,
  type OperationOf,
  type OperationRequest,
  type PodView,
} from '@jamie/core';
import { type Candidate, type FindCandidates, findingsOf, saidBy } from './candidate.ts';
import { dependsOn } from './depends-on.ts';

/** A pod that failed a moment ago may still be looked at, or cleaned up by its controller. */
const FAILED_FOR_MS = 5 * 60_000;
/** Pods in one plan: as many as a card can show. */
const MOST_PODS = 10;

/** Controllers that have made another pod already. A Job keeps its failed pods on purpose, and counts them. */
const REPLACING: ReadonlySet<string> = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet']);

/** Evicted and failed pods that a controller has replaced are removed, those of one workload in one plan. */
export const findFailedPods: FindCandidates = ({ snapshot, diagnosis }) => {
  const byOwner = new Map<string, { readonly subject: ObjectRef; readonly pods: PodView[] }>();
  for (const pod of snapshot.objects.Pod.filter((each) => isLeftBehind(each, snapshot.takenAt))) {
    const subject = keeperOf(pod, snapshot);
    const key = formatObjectRef(subject);
    const group = byOwner.get(key) ?? { subject, pods: [] };
    group.pods.push(pod);
    byOwner.set(key, group);
  }
  return [...byOwner.values()].flatMap(({ subject, pods }) => {
    const finding = findingAbout(pods, diagnosis);
    return finding === undefined ? [] : [candidateOf(subject, pods, finding, { snapshot, diagnosis })];
  });
};

function candidateOf(
  subject: ObjectRef,
  pods: readonly PodView[],
  finding: Finding,
  { snapshot, diagnosis }: { readonly snapshot: ClusterSnapshot; readonly diagnosis: Diagnosis },
): Candidate {
  return {
    remediation: 'delete-failed-pods',
    subject,
    ...saidBy(diagnosis, finding),
    changes: [],
    dependsOn: dependsOn(subject, [finding], snapshot),
    remedy: { kind: 'propose', operation: deletionOf(pods) },
  };
}

function isLeftBehind(pod: PodView, now: number): boolean {
  if (pod.phase !== 'Failed' || pod.deletingSince !== undefined) return false;
  return REPLACING.has(pod.owner?.kind ?? '') && now - failedSince(pod) > FAILED_FOR_MS;
}

/** When its last container ended; of a pod that was evicted before any began, when it was made. */
function failedSince({ containers, createdAt }: PodView): number {
  const ends = containers.flatMap(({ state }) => (state.kind === 'terminated' ? [state.finishedAt] : []));
  return Math.max(createdAt, ...ends);
}

function keeperOf({ owner, namespace, name }: PodView, { objects }: ClusterSnapshot): ObjectRef {
  if (owner?.kind === 'StatefulSet' || owner?.kind === 'DaemonSet')
    return { kind: owner.kind, namespace, name: owner.name };
  const set = objects.ReplicaSet.find(({ uid }) => uid === owner?.uid);
  return set?.owner?.kind === 'Deployment'
    ? { kind: 'Deployment', namespace, name: set.owner.name }
    : { kind: 'ReplicaSet', namespace, name: owner?.name ?? name };
}

function findingAbout(pods: readonly PodView[], diagnosis: Diagnosis): Finding | undefined {
  const names = new Set(pods.map((pod) => `${pod.namespace}/${pod.name}`));
  return findingsOf(diagnosis).find(({ subject, related }) =>
    [subject, ...related].some((ref) => ref.kind === 'Pod' && names.has(`${ref.namespace}/${ref.name}`)),
  );
}

function deletionOf(pods: readonly PodView[]): OperationRequest {
  const operations = pods
    .map(
      ({ namespace, name }): OperationOf<'delete_pod'> => ({
        kind: 'delete_pod',
        target: { kind: 'Pod', namespace, name },
      }),
    )
    .sort((one, other) => (one.target.name < other.target.name ? -1 : 1))
    .slice(0, MOST_PODS);
  const [first] = operations;
  return operations.length === 1 && first !== undefined ? first : { kind: 'several', operations };
}
