import type { OperationOf, OperationRequest, PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { START_GRACE_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from './affected-workload.ts';

interface LeftHit {
  readonly pod: PodView;
}

/** Controllers that make another pod in the place of one that failed. A Job counts its failed pods and keeps them. */
const REPLACING: ReadonlySet<string> = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet']);
/** Pods in one plan: as many as a card can show. */
const MOST_PODS = 10;

/** CHK-POD-161: pods that were evicted or failed stay behind after others took their place. */
export const failedPodsLeft = defineAnalyzer({
  code: 'CHK-POD-161',
  title: 'evicted or failed pods that stayed behind',
  sources: [
    'k8sgpt Pod Evicted',
    'Robusta on_pod_evicted',
    'Robusta PodEvicted',
    'Robusta PodEvictionReport',
  ],
  severity: 'warning',
  // They explain nothing else: others took their place.
  tier: 'service',
  reads: ['Pod'],
  analyze: (index) =>
    groupByWorkload(index, index.pods.filter((pod) => isLeft(index, pod)).map(toHit), () => '').map((group) =>
      describe(index, group),
    ),
});

function toHit(pod: PodView): LeftHit {
  return { pod };
}

function isLeft(index: SnapshotIndex, pod: PodView): boolean {
  if (pod.phase !== 'Failed' || !REPLACING.has(pod.owner?.kind ?? '')) return false;
  return index.takenAt - pod.createdAt >= START_GRACE_MS;
}

function describe(index: SnapshotIndex, group: Affected<LeftHit>) {
  const { pods } = group;
  const [first] = group.hits;
  const reason = first.pod.reason === '' ? 'Failed' : first.pod.reason;
  const evicted = pods.filter((pod) => pod.reason === 'Evicted').length;
  const what = evicted === pods.length ? 'evicted' : 'failed';
  const left = `${countOf(pods.length, `${what} pod`)} ${pods.length === 1 ? 'is' : 'are'} left`;
  return {
    subject: group.subject,
    summary: left,
    since: Math.min(...pods.map((pod) => pod.createdAt)),
    evidence: pods
      .slice(0, 3)
      .map((pod) => observeField(pod, 'status', `Failed, ${reason}: ${pod.message}`, index.takenAt)),
    related: group.related,
    pods,
    explanation: `${left} behind; others have taken ${pods.length === 1 ? 'its' : 'their'} place.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Delete the ${what} ${pods.length === 1 ? 'pod' : 'pods'}`,
        advice: `They run nothing and only hold their records. Look at why they were ${what} first if it is not known: deleting them loses it.`,
        operation: deletionOf(pods),
      },
    ],
    templateMayCauseIt: false,
  };
}

function deletionOf(pods: readonly PodView[]): OperationRequest {
  const [first, ...others] = pods.slice(0, MOST_PODS).map(
    ({ namespace, name }): OperationOf<'delete_pod'> => ({
      kind: 'delete_pod',
      target: { kind: 'Pod', namespace, name },
    }),
  );
  if (first === undefined) throw new RangeError('there is no group without a pod');
  return others.length === 0 ? first : { kind: 'several', operations: [first, ...others] };
}
