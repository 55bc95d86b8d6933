import type { PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-POD-171: a pod that nothing replaces failed or was evicted, or its node has stopped telling what it does. */
export const unhappyPhase = defineAnalyzer({
  code: 'CHK-POD-171',
  title: 'pod that failed for good, or whose phase nobody knows',
  severity: 'warning',
  tier: 'pod',
  reads: ['Pod'],
  helpedBy: ['Node'],
  sources: ['popeye 207', 'k8sgpt Pod Evicted'],
  analyze: (index) => index.pods.filter((pod) => isUnhappy(index, pod)).map((pod) => describe(index, pod)),
});

function isUnhappy(index: SnapshotIndex, pod: PodView): boolean {
  if (index.takenAt - pod.createdAt < READY_GRACE_MS) return false;
  // Pods of controllers are replaced, and those of Jobs are counted by their Jobs.
  return pod.phase === 'Unknown' || (pod.phase === 'Failed' && pod.owner === undefined);
}

function describe(index: SnapshotIndex, pod: PodView) {
  const isFailed = pod.phase === 'Failed';
  const reason = pod.reason === '' ? '' : ` (${pod.reason})`;
  const words = pod.message === '' ? pod.phase : `${pod.phase}: ${pod.message}`;
  return {
    subject: refOf(pod),
    summary: isFailed ? `failed${reason}, and nothing makes it anew` : 'its node does not tell what it does',
    since: pod.createdAt,
    evidence: [observeField(pod, 'status.phase', words, index.takenAt)],
    related: pod.nodeName === '' ? [] : [{ kind: 'Node' as const, name: pod.nodeName }],
    pods: [pod],
    explanation: isFailed
      ? `Pod ${pod.name} failed${reason}; no controller owns it, so it stays so.`
      : `The phase of Pod ${pod.name} is unknown: the kubelet of ${pod.nodeName === '' ? 'its node' : pod.nodeName} has stopped telling.`,
    confidence: 'high' as const,
    remedies: [
      isFailed
        ? {
            label: 'Make it anew, best by a controller',
            advice: `Look at why ${pod.name} failed, then run it by a Deployment or a Job, which make another in its place.`,
          }
        : {
            label: 'Look at its node',
            advice: 'Look at the kubelet and the network of its node; the pod may well run on.',
          },
    ],
    templateMayCauseIt: false,
  };
}
