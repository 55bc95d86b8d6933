import { storageOf } from '../../snapshot/storage-index.ts';
import { someOf } from '../../wording.ts';
import { definePendingClaimAnalyzer } from './pending-claim-analyzer.ts';

/** CHK-STO-1001: the StorageClass that a claim names does not exist. */
export const claimClassMissing = definePendingClaimAnalyzer({
  code: 'CHK-STO-1001',
  title: 'claim whose StorageClass does not exist',
  reason: 'class_missing',
  sources: [
    'k8sgpt Storage PVC Pending',
    'popeye 1003',
    'HolmesGPT misconfigured PVC',
    'HolmesGPT storage class mismatch',
  ],
  why: ({ className }, _claim, index) => {
    const names = storageOf(index).classes.map(({ name }) => name);
    const others = names.length === 0 ? '' : `; there are ${someOf(names)}`;
    return `StorageClass ${className} does not exist${others}`;
  },
  sharedKey: ({ className }) => className,
  remedy: ({ className }, claim) => ({
    label: `Create StorageClass ${className}, or make ${claim.name} anew`,
    advice: `Create StorageClass ${className}, and the claim gets its volume by itself. The class of a claim cannot be changed: to use another, delete the claim, correct storageClassName, and make it anew.`,
  }),
});
