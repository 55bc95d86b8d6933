import { storageOf } from '../../snapshot/storage-index.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-STO-1006: the volume that a claim was bound to is gone. */
export const claimLost = defineAnalyzer({
  code: 'CHK-STO-1006',
  title: 'claim whose volume is gone',
  severity: 'critical',
  tier: 'admission',
  reads: ['PersistentVolumeClaim'],
  helpedBy: ['Pod'],
  sources: ['k8sgpt Storage PVC Lost', 'popeye 1004'],
  analyze: (index) => {
    const storage = storageOf(index);
    return storage.claims
      .filter((claim) => claim.phase === 'Lost')
      .map((claim) => {
        const users = storage.podsOf(claim.namespace, claim.name);
        const volume = claim.volumeName || 'its volume';
        return observationOn(index, claim, {
          field: 'status.phase',
          value: `Lost; volumeName ${claim.volumeName || 'not set'}`,
          summary: `is lost: ${volume} does not exist any more`,
          waiting: storage.waitingFor(claim),
          explanation: `PersistentVolumeClaim ${claim.name} is lost: PersistentVolume ${volume} is gone, and ${users.length === 0 ? 'no pod uses it now' : `${countOf(users.length, 'pod')} named it`}.`,
          remedies: [
            {
              label: `Restore ${volume}, or make ${claim.name} anew`,
              advice: `If the disk behind ${volume} still exists, make the PersistentVolume again with its claimRef on ${claim.name}; otherwise restore a backup into a new claim. Delete nothing before you know which.`,
            },
          ],
        });
      });
  },
});
