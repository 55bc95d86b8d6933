import type { KubeObject } from '@jamie/core';
import type { Observation } from './observation.ts';
import type { Subject } from './subjects.ts';

/** Whether the object with this uid is gone; one made anew under its name is another. Pure. */
export function observeGone(
  live: KubeObject | undefined,
  { ref, uid }: Extract<Subject, { kind: 'gone' }>,
): Observation {
  const isGone = live === undefined || live.metadata.uid !== uid;
  return {
    kind: 'seen',
    complete: isGone,
    said: [`${ref.kind} ${ref.name} ${isGone ? 'is gone' : 'is still there'}`],
  };
}
