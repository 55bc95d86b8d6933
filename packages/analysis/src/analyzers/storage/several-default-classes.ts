import { refOf } from '../../snapshot/ref-of.ts';
import { compareNumbers } from '../../snapshot/stable-order.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-STO-1019: of several default classes the newest wins, which is seldom meant. */
export const severalDefaultClasses = defineAnalyzer({
  code: 'CHK-STO-1019',
  title: 'several StorageClasses that are all the default',
  severity: 'info',
  tier: 'workload',
  reads: ['StorageClass'],
  lint: true,
  sources: ['k8sgpt Storage several default classes'],
  analyze: (index) => {
    const classes = storageOf(index).defaultClasses;
    // The API server takes the newest, of equals the first by name: storage admission, GetDefaultClass.
    const [winner, ...others] = [...classes].sort((left, right) =>
      compareNumbers(right.createdAt, left.createdAt),
    );
    if (winner === undefined || others.length === 0) return [];
    const names = listOf(classes.map(({ name }) => name));
    return [
      observationOn(index, winner, {
        field: 'metadata.annotations[storageclass.kubernetes.io/is-default-class]',
        value: `true, as for ${listOf(others.map(({ name }) => name))}`,
        summary: `is the default, and so ${others.length === 1 ? 'is' : 'are'} ${listOf(others.map(({ name }) => name))}`,
        related: others.map(refOf),
        explanation: `StorageClasses ${names} are all the default: claims without a class get the newest, ${winner.name}.`,
        remedies: [
          {
            label: 'Leave one default',
            advice: `Set storageclass.kubernetes.io/is-default-class to "false" on all but one of ${names}.`,
          },
        ],
      }),
    ];
  },
});
