import { definePendingClaimAnalyzer } from './pending-claim-analyzer.ts';

/** CHK-STO-1002: a claim names no class, and no class is the default. */
export const claimWithoutClass = definePendingClaimAnalyzer({
  code: 'CHK-STO-1002',
  title: 'claim without a StorageClass where none is the default',
  reason: 'no_default_class',
  sources: ['k8sgpt Storage PVC no class', 'popeye 1003', 'HolmesGPT misconfigured PVC'],
  why: () => 'it names no StorageClass, and none is the default',
  sharedKey: () => '',
  remedy: (_because, claim) => ({
    label: 'Make one StorageClass the default, or name one',
    advice: `Annotate one StorageClass with storageclass.kubernetes.io/is-default-class: "true", and ${claim.name} takes it; or name a class in the claim.`,
  }),
});
