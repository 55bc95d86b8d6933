import type { ConditionView } from '@jamie/core';
import { listOf, messageOf, objectOf, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

const STATUSES: ReadonlySet<unknown> = new Set(['True', 'False', 'Unknown']);

/** The conditions of an object's status. A status that is none of the three reads as Unknown. */
export function toConditionViews(conditions: unknown, sharing: Sharing): readonly ConditionView[] {
  return listOf(conditions).map((item) => {
    const condition = objectOf(item);
    const status = condition['status'];
    return {
      type: sharing.text(condition['type']),
      status: STATUSES.has(status) ? (textOf(status) as ConditionView['status']) : 'Unknown',
      reason: sharing.text(condition['reason']),
      message: sharing.text(messageOf(condition['message'])),
      since: timeOf(condition['lastTransitionTime']),
    };
  });
}
