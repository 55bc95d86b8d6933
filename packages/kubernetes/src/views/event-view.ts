import type { EventView, KubeObject } from '@jamie/core';
import { toObjectView } from './object-view.ts';
import { messageOf, numberOf, objectOf, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/**
 * Projects an Event of core/v1. Old reporters fill firstTimestamp, lastTimestamp and count; new ones eventTime and
 * series; some fill neither, and then the creation time is all there is.
 */
export function toEventView(object: KubeObject, sharing: Sharing): EventView {
  const series = objectOf(object['series']);
  const involved = objectOf(object['involvedObject']);
  const view = toObjectView('Event', object, sharing);
  const first = timeOf(object['firstTimestamp']) || timeOf(object['eventTime']) || view.createdAt;
  const last = timeOf(series['lastObservedTime']) || timeOf(object['lastTimestamp']) || first;
  return {
    ...view,
    type: object['type'] === 'Warning' ? 'Warning' : 'Normal',
    reason: sharing.text(object['reason']),
    message: messageOf(object['message']),
    count: numberOf(series['count']) || numberOf(object['count']) || 1,
    firstSeen: first,
    lastSeen: last,
    involved: {
      kind: sharing.text(involved['kind']),
      namespace: sharing.text(involved['namespace']),
      name: textOf(involved['name']),
      uid: textOf(involved['uid']),
    },
  };
}
