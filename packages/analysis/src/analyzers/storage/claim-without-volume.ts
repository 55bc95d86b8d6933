import { definePendingClaimAnalyzer } from './pending-claim-analyzer.ts';

/** CHK-STO-1004: volumes of this class are made by hand, and none is free that would do. */
export const claimWithoutVolume = definePendingClaimAnalyzer({
  code: 'CHK-STO-1004',
  title: 'claim for a volume made by hand that nobody made',
  reason: 'no_volume',
  sources: ['k8sgpt Storage PVC Pending', 'popeye 1003'],
  why: ({ className }, { requested, accessModes }) => {
    const kind = className === '' ? 'it asks for a volume without a class' : `class ${className} makes none`;
    return `${kind}, and no free volume of ${requested || 'its size'} with ${accessModes.join(', ') || 'its access modes'} is there`;
  },
  remedy: ({ className }, claim) => ({
    label: `Make a PersistentVolume for ${claim.name}`,
    advice: `Make a PersistentVolume of at least ${claim.requested || 'its size'} with storageClassName "${className}" and the access modes of ${claim.name}, or make the claim anew with a class that provisions.`,
  }),
});
