import { findCondition } from '../../snapshot/conditions.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { formatDuration, listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-STO-1013: the disk has grown, its file system has not: that happens when a pod mounts it next. */
export const claimResizeWaits = defineAnalyzer({
  code: 'CHK-STO-1013',
  title: 'claim that grows only when its pod starts again',
  severity: 'warning',
  tier: 'workload',
  reads: ['PersistentVolumeClaim'],
  helpedBy: ['Pod'],
  sources: ['Robusta VolumeWarning'],
  analyze: (index) => {
    const storage = storageOf(index);
    return storage.claims.flatMap((claim) => {
      const pending = findCondition(claim, 'FileSystemResizePending');
      if (pending?.status !== 'True' || index.takenAt - pending.since < RECENT_MS) return [];
      const users = storage.podsOf(claim.namespace, claim.name).map(({ name }) => name);
      const whose = users.length === 0 ? 'a pod that uses it' : listOf(users);
      const wait = formatDuration(index.takenAt - pending.since);
      return [
        observationOn(index, claim, {
          field: 'status.conditions[FileSystemResizePending]',
          value: `${pending.message || 'True'}; ${claim.requested} asked for, ${claim.capacity} usable`,
          summary: `waits to grow from ${claim.capacity} to ${claim.requested}`,
          since: pending.since,
          explanation: `PersistentVolumeClaim ${claim.name} has waited ${wait} to grow from ${claim.capacity} to ${claim.requested}: its file system grows when ${whose} starts again.`,
          remedies: [
            {
              label: `Start ${whose} again`,
              advice: `Start ${whose} again, one at a time; some drivers grow only a volume that nothing uses.`,
            },
          ],
        }),
      ];
    });
  },
});
