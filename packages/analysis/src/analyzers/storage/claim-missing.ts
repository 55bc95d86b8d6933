import type { PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { START_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from '../pod/affected-workload.ts';

interface MissingClaim {
  readonly pod: PodView;
  readonly claim: string;
}

/** CHK-STO-1007: pods name a claim that does not exist, so that no node takes them. */
export const claimMissing = defineAnalyzer({
  code: 'CHK-STO-1007',
  title: 'claim that pods name and that does not exist',
  severity: 'critical',
  tier: 'admission',
  reads: ['Pod', 'PersistentVolumeClaim'],
  sources: ['popeye 407', 'HolmesGPT misconfigured PVC'],
  analyze: (index) =>
    groupByWorkload(index, findMissing(index), ({ claim }) => claim).map((group) => describe(index, group)),
});

function findMissing(index: SnapshotIndex): readonly MissingClaim[] {
  const storage = storageOf(index);
  return index.pods
    .filter((pod) => pod.phase === 'Pending' && index.takenAt - pod.createdAt >= START_GRACE_MS)
    .flatMap((pod) =>
      pod.claims.filter((claim) => !storage.hasClaim(pod.namespace, claim)).map((claim) => ({ pod, claim })),
    );
}

function describe(index: SnapshotIndex, group: Affected<MissingClaim>) {
  const { pod, claim } = group.hits[0];
  const { namespace } = pod;
  return {
    subject: group.subject,
    summary: `PersistentVolumeClaim ${claim} does not exist`,
    since: Math.min(...group.pods.map(({ createdAt }) => createdAt)),
    evidence: [
      observeField(
        pod,
        'spec.volumes',
        `names claim ${claim}, which is not in namespace ${namespace}`,
        index.takenAt,
      ),
    ],
    related: [...group.related, { kind: 'PersistentVolumeClaim' as const, namespace, name: claim }],
    pods: group.pods,
    sharedKey: `${namespace}/${claim}`,
    explanation: `PersistentVolumeClaim ${claim} does not exist in namespace ${namespace}, so no node takes ${group.share}.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Create PersistentVolumeClaim ${claim}`,
        advice: `Create PersistentVolumeClaim ${claim} in ${namespace}, or correct claimName in the pod template. Pods that wait start by themselves once it exists.`,
      },
    ],
    templateMayCauseIt: true,
  };
}
