import type { PersistentVolumeClaimView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-STO-1021: a claim keeps a volume that nothing mounts. The claims of a StatefulSet wait for its pods on purpose. */
export const unusedClaim = defineAnalyzer({
  code: 'CHK-STO-1021',
  title: 'claim that nothing mounts',
  severity: 'info',
  tier: 'workload',
  reads: ['PersistentVolumeClaim', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'],
  lint: true,
  sources: ['popeye 400'],
  analyze: (index) =>
    storageOf(index)
      .claims.filter((claim) => claim.phase === 'Bound' && !isUsed(index, claim))
      .map((claim) =>
        observationOn(index, claim, {
          field: 'status.phase',
          value: `Bound; ${claim.capacity} in class ${claim.storageClass || 'of none'}`,
          summary: 'is mounted by nothing',
          explanation: `PersistentVolumeClaim ${claim.name} keeps ${claim.capacity || 'a volume'}, and no pod, workload or CronJob mounts it.`,
          remedies: [
            {
              label: `Delete ${claim.name} if its data is no longer needed`,
              advice: `Deleting ${claim.name} deletes its data too, unless its volume has the reclaim policy Retain. Make sure that nobody needs it.`,
            },
          ],
        }),
      ),
});

function isUsed(index: SnapshotIndex, { namespace, name, owner }: PersistentVolumeClaimView): boolean {
  if (owner !== undefined) return true;
  if (storageOf(index).podsOf(namespace, name).length > 0) return true;
  const { claims, prefixes } = claimsOfTemplates(index);
  return claims.has(`${namespace}/${name}`) || prefixes.has(`${namespace}/${name.replace(/-\d{1,9}$/, '')}`);
}

const claimsOfTemplates = oncePerSnapshot((index: SnapshotIndex) => {
  const users = [...index.workloads, ...index.cronJobs];
  return {
    claims: new Set(
      users.flatMap(({ namespace, template }) => template.claims.map((claim) => `${namespace}/${claim}`)),
    ),
    prefixes: new Set(
      index.workloads.flatMap(({ namespace, name, claimTemplates }) =>
        claimTemplates.map((template) => `${namespace}/${template.name}-${name}`),
      ),
    ),
  };
});
