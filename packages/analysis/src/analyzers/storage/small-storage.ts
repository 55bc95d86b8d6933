import type { PersistentVolumeClaimView, PersistentVolumeView } from '@jamie/core';
import { parseQuantity } from '../../snapshot/quantities.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** Below this most drivers round up or refuse; k8sgpt draws the same line. */
const SMALL_BYTES = 2 ** 30;

/** CHK-STO-1020: a claim or a volume of less than 1Gi. A volume whose claim is told is not told again. */
export const smallStorage = defineAnalyzer({
  code: 'CHK-STO-1020',
  title: 'claim or volume of less than 1Gi',
  severity: 'info',
  tier: 'workload',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  lint: true,
  sources: ['k8sgpt Storage PV small', 'k8sgpt Storage PVC small'],
  analyze: (index) => {
    const { claims, volumes } = storageOf(index);
    return [
      ...claims.flatMap((claim) => tell(index, claim, 'spec.resources.requests.storage', claim.requested)),
      ...volumes
        .filter(({ claim }) => claim === undefined)
        .flatMap((volume) => tell(index, volume, 'spec.capacity.storage', volume.capacity)),
    ];
  },
});

function tell(
  index: SnapshotIndex,
  view: PersistentVolumeClaimView | PersistentVolumeView,
  field: string,
  size: string,
) {
  const bytes = parseQuantity(size);
  if (bytes === undefined || bytes >= SMALL_BYTES) return [];
  const { kind, name } = refOf(view);
  return [
    observationOn(index, view, {
      field,
      value: size,
      summary: `is only ${size}`,
      explanation: `${kind} ${name} is only ${size}: many drivers make at least 1Gi, and so little fills up without warning.`,
      remedies: [
        {
          label: 'Check the size',
          advice: `Check whether ${size} is meant; a unit may be missing or wrong.`,
        },
      ],
    }),
  ];
}
