import type { ConditionView, EventView, PersistentVolumeClaimView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

// kubernetes/api, core/v1: PersistentVolumeClaimConditionType; and the events of external-resizer and kubelet.
const FAILED_CONDITIONS = ['ControllerResizeError', 'NodeResizeError'];
const FAILED_EVENTS: ReadonlySet<string> = new Set(['VolumeResizeFailed', 'FileSystemResizeFailed']);

/** CHK-STO-1012: a claim asks for more than it has, and the storage refuses. */
export const claimResizeFailed = defineAnalyzer({
  code: 'CHK-STO-1012',
  title: 'claim that cannot be enlarged',
  severity: 'warning',
  tier: 'workload',
  reads: ['PersistentVolumeClaim'],
  helpedBy: ['Event'],
  sources: ['Robusta VolumeWarning'],
  analyze: (index) =>
    storageOf(index).claims.flatMap((claim) => {
      const failure = findFailure(index, claim);
      if (failure === undefined) return [];
      const { words, since, event } = failure;
      return [
        observationOn(index, claim, {
          field: 'spec.resources.requests.storage',
          value: `${claim.requested} asked for, ${claim.capacity} there`,
          summary: `cannot grow from ${claim.capacity} to ${claim.requested}`,
          since,
          evidence: event === undefined ? [] : [observeEvent(event, claim)],
          explanation: `PersistentVolumeClaim ${claim.name} cannot grow from ${claim.capacity} to ${claim.requested}: "${toSingleLine(words, 200)}".`,
          remedies: [
            {
              label: 'Follow the message of the storage driver',
              advice: `The message says what keeps ${claim.name} from growing, for example a class without allowVolumeExpansion, a quota, or a disk that was changed a short while ago.`,
            },
          ],
        }),
      ];
    }),
});

interface ResizeFailure {
  readonly words: string;
  readonly since: number;
  readonly event?: EventView;
}

function findFailure(index: SnapshotIndex, claim: PersistentVolumeClaimView): ResizeFailure | undefined {
  const condition = FAILED_CONDITIONS.map((type) => findCondition(claim, type)).find(isTrue);
  if (condition !== undefined)
    return { words: condition.message || condition.reason, since: condition.since };
  if (claim.requested === claim.capacity || claim.phase !== 'Bound') return undefined;
  const event = index
    .eventsOf(claim)
    .find(({ reason, lastSeen }) => FAILED_EVENTS.has(reason) && index.takenAt - lastSeen <= RECENT_MS);
  return event && { words: event.message, since: event.firstSeen, event };
}

function isTrue(condition: ConditionView | undefined): condition is ConditionView {
  return condition?.status === 'True';
}
