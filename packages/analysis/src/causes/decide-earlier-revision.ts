import type { PodView, WorkloadRef } from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import { isPodReady } from '../snapshot/conditions.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { countOf } from '../wording.ts';

/** How StatefulSets and DaemonSets mark the revision of a pod (kubernetes/kubernetes pkg/controller/history). */
const REVISION_LABEL = 'controller-revision-hash';

/** In order there is one; more are for another look. */
const MOST_STUCK = 3;

export type EarlierRevisionDecision =
  | {
      readonly kind: 'propose';
      readonly target: WorkloadRef;
      readonly proof: string;
      /** Pods for which an ordered StatefulSet would wait for ever: they have to be deleted as well. */
      readonly stuck: readonly PodView[];
    }
  | {
      readonly kind: 'no';
      readonly reason:
        | 'not_a_template_fault'
        | 'no_revision_of_pods'
        | 'several_revisions_faulty'
        | 'no_sound_revision'
        | 'faulty_is_older';
    };

/**
 * Decides whether going back one revision would help a StatefulSet or DaemonSet, whose revisions show only in the labels
 * of their pods: when the faulty pods are all of one revision, and older pods of another one are ready now.
 */
export function decideEarlierRevision(index: SnapshotIndex, fault: Fault): EarlierRevisionDecision {
  if (!fault.templateMayCauseIt) return { kind: 'no', reason: 'not_a_template_fault' };
  const subject = index.find(fault.subject);
  const workload = subject && index.workloadOf(subject);
  if (workload === undefined || workload.kind === 'Deployment')
    return { kind: 'no', reason: 'no_revision_of_pods' };
  const revisions = new Set(fault.pods.map(revisionOf));
  const [faulty] = revisions;
  if (faulty === undefined || faulty === '') return { kind: 'no', reason: 'no_revision_of_pods' };
  if (revisions.size > 1) return { kind: 'no', reason: 'several_revisions_faulty' };
  const sound = index.podsOf(workload).filter((pod) => revisionOf(pod) !== faulty && isPodReady(pod));
  if (sound.length === 0) return { kind: 'no', reason: 'no_sound_revision' };
  const newestSound = Math.max(...sound.map((pod) => pod.createdAt));
  if (fault.pods.some((pod) => pod.createdAt < newestSound)) return { kind: 'no', reason: 'faulty_is_older' };
  const { kind, namespace, name } = workload;
  const proof = `${countOf(sound.length, 'pod')} of it ${sound.length === 1 ? 'is' : 'are'} ready now`;
  // kubernetes.io/docs, StatefulSets, "Forced rollback": the controller does not replace a broken pod by itself.
  const stuck = workload.inOrder ? fault.pods.slice(0, MOST_STUCK) : [];
  return { kind: 'propose', target: { kind, namespace, name }, proof, stuck };
}

function revisionOf(pod: PodView): string {
  return pod.labels[REVISION_LABEL] ?? '';
}
