import type { KubeObject } from '@jamie/core';
import { isInEffect } from '../execution/compare-target.ts';
import { CHANGED_BY_OTHERS, type Observation } from './observation.ts';
import type { Subject } from './subjects.ts';

/** Whether the fields that were written still have the values that the plan gave them. Pure. */
export function observeFields(
  live: KubeObject | undefined,
  subject: Extract<Subject, { kind: 'fields' }>,
): Observation {
  const isSame = live !== undefined && (subject.uid === null || live.metadata.uid === subject.uid);
  if (isSame && isInEffect(subject, live)) return { kind: 'seen', complete: true, said: [] };
  return { kind: 'seen', complete: false, said: [], changed: CHANGED_BY_OTHERS };
}
