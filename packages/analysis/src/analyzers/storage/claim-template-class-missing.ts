import type { ObjectRef, WorkloadView } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { type StorageIndex, storageOf } from '../../snapshot/storage-index.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** As many claims of one StatefulSet are looked at. */
const MAX_CLAIMS = 100;

/** CHK-STO-1011: the next pod of a StatefulSet will get no volume, because its claim template names no class that exists. */
export const claimTemplateClassMissing = defineAnalyzer({
  code: 'CHK-STO-1011',
  title: 'StatefulSet whose claim template names a StorageClass that does not exist',
  severity: 'warning',
  tier: 'workload',
  reads: ['StatefulSet', 'StorageClass'],
  helpedBy: ['PersistentVolumeClaim'],
  sources: ['k8sgpt StatefulSet StorageClass missing', 'HolmesGPT storage class mismatch'],
  analyze: (index) => {
    const storage = storageOf(index);
    return index.workloads.flatMap((workload) => {
      if (workload.kind !== 'StatefulSet' || workload.deletingSince !== undefined) return [];
      const missing = missingClasses(storage, workload);
      if (missing.length === 0) return [];
      const classes = listOf(missing.map((name) => `StorageClass ${name}`));
      return [
        observationOn(index, workload, {
          field: 'spec.volumeClaimTemplates',
          value: workload.claimTemplates
            .map(({ name, storageClass }) => `${name}: ${storageClass ?? 'default class'}`)
            .join(', '),
          summary: `its claim templates name ${classes}, which does not exist`,
          related: pendingClaims(index, workload),
          explanation: `The claim templates of StatefulSet ${workload.name} name ${classes}, which does not exist: pods that have their volumes go on, a new one gets none.`,
          remedies: [
            {
              label: `Create ${classes}`,
              advice: `Create ${classes}. Claim templates cannot be changed in place: to name another class, delete the StatefulSet without its pods (--cascade=orphan) and make it anew.`,
            },
          ],
        }),
      ];
    });
  },
});

function missingClasses(storage: StorageIndex, { claimTemplates }: WorkloadView): readonly string[] {
  const named = claimTemplates.flatMap(({ storageClass }) => storageClass || []);
  return [...new Set(named)].filter((name) => storage.classNamed(name) === undefined);
}

/** Their own fault explains this one. */
function pendingClaims(index: SnapshotIndex, workload: WorkloadView): readonly ObjectRef[] {
  const { namespace, name, replicas, claimTemplates } = workload;
  const count = Math.max(0, Math.min(replicas, MAX_CLAIMS)) || 0;
  return Array.from({ length: count }, (_, ordinal) => ordinal).flatMap((ordinal) =>
    claimTemplates.flatMap((template) => {
      const ref = {
        kind: 'PersistentVolumeClaim' as const,
        namespace,
        name: `${template.name}-${name}-${ordinal}`,
      };
      const claim = index.find(ref);
      return claim === undefined ? [] : [refOf(claim)];
    }),
  );
}
