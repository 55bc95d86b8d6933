import { toSingleLine } from '../../evidence/cluster-text.ts';
import { definePendingClaimAnalyzer } from './pending-claim-analyzer.ts';

/** CHK-STO-1003: the provisioner tried to make a volume and could not. */
export const provisioningFailed = definePendingClaimAnalyzer({
  code: 'CHK-STO-1003',
  title: 'volume that the provisioner cannot make',
  reason: 'provisioning_failed',
  sources: ['k8sgpt PersistentVolumeClaim ProvisioningFailed', 'popeye 1003', 'Robusta VolumeWarning'],
  why: ({ event }) => `the provisioner says "${toSingleLine(event.message, 160)}"`,
  remedy: (_because, claim) => ({
    label: 'Give the provisioner what it lacks',
    advice: `The message names what the provisioner of ${claim.name} lacks: a quota of the cloud, a right, a parameter of the class, or a size that it does not offer. It tries again by itself.`,
  }),
});
