import type { Digest, FieldChange, FieldValues, KubeObject, Step } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { readFields } from '../planning/field-write.ts';

export type Comparison =
  /** As the preview showed it: the request may be sent. */
  | { readonly kind: 'as_previewed' }
  /** The step's effect is there already. */
  | { readonly kind: 'in_effect' }
  /** A field that the plan read or writes has another value now. */
  | { readonly kind: 'moved'; readonly changes: readonly FieldChange[] }
  /** Deleted, and made anew under the same name. */
  | { readonly kind: 'replaced' };

/** Compares the live object with what a step was previewed against. Pure. */
export function compareTarget(step: Step, live: KubeObject, digest: Digest): Comparison {
  if (live.metadata.uid !== step.target.uid || live.metadata.deletionTimestamp !== undefined)
    return { kind: 'replaced' };
  const fields = readFields(live, Object.keys(step.target.fields));
  if (digest(canonicalJson(fields)) === step.target.digest) return { kind: 'as_previewed' };
  if (isInEffect(step, live)) return { kind: 'in_effect' };
  return { kind: 'moved', changes: changesOf(step.target.fields, fields) };
}

/** Whether every field that the step writes has the value that the dry run promised. */
export function isInEffect(step: Pick<Step, 'expected'>, live: KubeObject): boolean {
  return canonicalJson(readFields(live, Object.keys(step.expected))) === canonicalJson(step.expected);
}

function changesOf(before: FieldValues, after: FieldValues): readonly FieldChange[] {
  return Object.keys(before)
    .map((pointer) => ({ pointer, before: before[pointer] ?? null, after: after[pointer] ?? null }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
}
