import type { HealingCase, ObjectRef } from '@jamie/core';
import { isSameObject } from './same-object.ts';

/** A change is dated by the second, and by another clock than ours. */
const CLOCK_LEEWAY_MS = 5_000;

/** Whether a change of an object at this time came from one of our own attempts at it. */
export function isOwnChange(cases: readonly HealingCase[], ref: ObjectRef, at: number): boolean {
  return cases
    .filter(({ subject }) => isSameObject(subject, ref))
    .flatMap(({ attempts }) => attempts)
    .some(
      ({ startedAt, endedAt }) =>
        at >= startedAt - CLOCK_LEEWAY_MS && (endedAt === undefined || at <= endedAt + CLOCK_LEEWAY_MS),
    );
}
