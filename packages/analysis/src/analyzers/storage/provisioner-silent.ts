import { definePendingClaimAnalyzer } from './pending-claim-analyzer.ts';

/** CHK-STO-1005: a claim waits, its class exists, and its provisioner says nothing. */
export const provisionerSilent = definePendingClaimAnalyzer({
  code: 'CHK-STO-1005',
  title: 'claim whose provisioner does not answer',
  reason: 'provisioner_silent',
  sources: ['k8sgpt Storage PVC Pending', 'popeye 1003'],
  why: ({ storageClass }) => `provisioner ${storageClass.provisioner} has neither made one nor said why not`,
  sharedKey: ({ storageClass }) => storageClass.provisioner,
  remedy: ({ storageClass }) => ({
    label: `Look whether ${storageClass.provisioner} runs`,
    advice: `Look whether the pods of the driver ${storageClass.provisioner} run and what their logs say; StorageClass ${storageClass.name} may also name a driver that is not installed.`,
  }),
});
