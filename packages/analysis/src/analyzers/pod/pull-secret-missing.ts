import type { EventView, PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';

interface PullSecretHit {
  readonly pod: PodView;
  readonly event: EventView;
  readonly secrets: string;
}

// kubernetes/kubernetes, pkg/kubelet/kubelet_pods.go: "Unable to retrieve some image pull secrets (a, b); …".
const NAMES = /image pull secrets \(([^)]{1,300})\)/;

/** CHK-POD-174: the kubelet finds no such pull secret. Where the image needs it, the pull fails too, because of it. */
export const pullSecretMissing = defineAnalyzer({
  code: 'CHK-POD-174',
  title: 'pull secret that the kubelet does not find',
  severity: 'warning',
  // Before the pull that fails without it, and nothing else that its pods may suffer from.
  tier: 'admission',
  standsAlone: true,
  reads: ['Pod', 'Event'],
  sources: ['popeye 305', 'k8sgpt DaemonSet missing ImagePullSecret'],
  analyze: (index) =>
    groupByWorkload(index, findHits(index), ({ secrets }) => secrets).map((group) => {
      const { pod, event, secrets } = group.hits[0];
      const unpulled = group.pods.filter(waitsForImage);
      return {
        subject: group.subject,
        ...(unpulled.length > 0 && { severity: 'critical' as const }),
        victims: unpulled,
        summary: `its pull secret ${secrets} is not found`,
        since: Math.min(...group.hits.map((hit) => hit.event.firstSeen)),
        evidence: [observeEvent(event, pod)],
        related: group.related,
        pods: group.pods,
        sharedKey: `${pod.namespace}/${secrets}`,
        explanation: `The kubelet finds no pull secret ${secrets} in namespace ${pod.namespace} for ${group.share}: images that need it can only be used where they are on the node already.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: `Create the pull secret ${secrets}`,
            advice: `Create it in namespace ${pod.namespace}, or take it out of imagePullSecrets of the pod template or its ServiceAccount.`,
          },
        ],
        templateMayCauseIt: true,
      };
    }),
});

function findHits(index: SnapshotIndex): readonly PullSecretHit[] {
  return index.pods.flatMap((pod) => {
    const event = index.eventsOf(pod).find(({ reason }) => reason === 'FailedToRetrieveImagePullSecret');
    if (event === undefined) return [];
    const named = NAMES.exec(event.message)?.[1]?.split(', ') ?? pod.spec.pullSecrets;
    return [{ pod, event, secrets: toSingleLine(listOf(named), 200) || 'that it names' }];
  });
}

function waitsForImage({ containers }: PodView): boolean {
  return containers.some(
    ({ state }) => state.kind === 'waiting' && ['ErrImagePull', 'ImagePullBackOff'].includes(state.reason),
  );
}
