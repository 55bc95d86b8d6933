import type { FieldValues, ObjectRef, Plan, PostCondition, Step, WorkloadRef } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { takesAway } from '../execution/compare-target.ts';

/** One thing that is looked at to judge a change. */
export type Subject =
  /** `isOptional`: it may be gone, because the plan did not get as far as that. */
  | { readonly kind: 'workload'; readonly ref: WorkloadRef; readonly isOptional: boolean }
  /** The fields that were written. `uid` null: the plan made the object, and knows it by its name. */
  | {
      readonly kind: 'fields';
      readonly ref: ObjectRef;
      readonly uid: string | null;
      readonly expected: FieldValues;
    }
  | { readonly kind: 'gone'; readonly ref: ObjectRef; readonly uid: string }
  | { readonly kind: 'ready_again'; readonly ref: ObjectRef; readonly atLeast: number }
  | { readonly kind: 'job'; readonly ref: ObjectRef };

/** What is looked at while a change becomes good. Pure. */
export function subjectsOfChange({ steps, postConditions }: Plan): readonly Subject[] {
  return [
    ...workloadsOf(postConditions).map((ref): Subject => ({ kind: 'workload', ref, isOptional: false })),
    ...fieldsOf(steps.filter(({ target }) => !isJobOf(postConditions, target.ref))),
    ...postConditions.flatMap(onceOf),
  ];
}

/**
 * What is looked at while a verified change is watched: not what has ended for good, for what is gone stays gone, and a
 * Job that ended well may be cleaned up. Pure.
 */
export function subjectsOfWatch(plan: Plan): readonly Subject[] {
  return subjectsOfChange(plan).filter(({ kind }) => kind !== 'gone' && kind !== 'job');
}

/** What is looked at while the steps that took a change back show their effect. Pure. */
export function subjectsOfRollback(plan: Plan, rollback: readonly Step[]): readonly Subject[] {
  const touched = new Set(rollback.map(({ target }) => formatObjectRef(target.ref)));
  return [
    ...workloadsOf(plan.postConditions).map(
      (ref): Subject => ({ kind: 'workload', ref, isOptional: !touched.has(formatObjectRef(ref)) }),
    ),
    ...fieldsOf(rollback),
  ];
}

function workloadsOf(conditions: readonly PostCondition[]): readonly WorkloadRef[] {
  const refs = conditions.flatMap((condition) => {
    switch (condition.kind) {
      case 'rollout_complete':
      case 'ready_for':
      case 'restarts_flat':
        return [condition.ref];
      default:
        return [];
    }
  });
  return [...new Map(refs.map((ref) => [formatObjectRef(ref), ref])).values()];
}

function onceOf(condition: PostCondition): readonly Subject[] {
  switch (condition.kind) {
    case 'gone':
      return [{ kind: 'gone', ref: condition.ref, uid: condition.uid }];
    case 'ready_again':
      return [{ kind: 'ready_again', ref: condition.ref, atLeast: condition.atLeast }];
    case 'job_succeeded':
      return [{ kind: 'job', ref: condition.ref }];
    default:
      return [];
  }
}

/** A Job whose end is awaited is judged by that end alone. */
function isJobOf(conditions: readonly PostCondition[], ref: ObjectRef): boolean {
  const name = formatObjectRef(ref);
  return conditions.some(
    (condition) => condition.kind === 'job_succeeded' && formatObjectRef(condition.ref) === name,
  );
}

/** The fields of each object as the last of the steps on it leaves them. */
function fieldsOf(steps: readonly Step[]): readonly Subject[] {
  const left = new Map<string, Subject & { readonly kind: 'fields' }>();
  for (const step of steps) {
    const { ref, uid } = step.target;
    const name = formatObjectRef(ref);
    if (takesAway(step)) {
      left.delete(name);
      continue;
    }
    const expected = { ...withoutOverlap(left.get(name)?.expected ?? {}, step.expected), ...step.expected };
    left.set(name, { kind: 'fields', ref, uid: left.get(name)?.uid ?? uid, expected });
  }
  return [...left.values()];
}

/** A value that a later step writes into, or over, is not expected any more. */
function withoutOverlap(earlier: FieldValues, later: FieldValues): FieldValues {
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);
  return Object.fromEntries(
    Object.entries(earlier).filter(([pointer]) =>
      Object.keys(later).every((other) => !isWithin(pointer, other) && !isWithin(other, pointer)),
    ),
  );
}
