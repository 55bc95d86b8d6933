import type { Digest, FieldChange, FieldValues, JsonValue, KubeObject, Step } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { readFields } from '../planning/field-write.ts';

export type Comparison =
  /** As the preview showed it: the request may be sent. */
  | { readonly kind: 'as_previewed' }
  /** The step's effect is there already. */
  | { readonly kind: 'in_effect' }
  /** A field that the plan read or writes has another value now; or there is an object where there was none. */
  | { readonly kind: 'moved'; readonly changes: readonly FieldChange[] }
  /** Deleted, and made anew under the same name. */
  | { readonly kind: 'replaced' }
  /** Deleted. */
  | { readonly kind: 'gone' };

/**
 * Compares what the cluster holds under the name of a step's target (undefined: nothing) with what the step was
 * previewed against. Pure.
 */
export function compareTarget(step: Step, live: KubeObject | undefined, digest: Digest): Comparison {
  if (step.target.uid === null) return compareWithNothing(step, live);
  const isThere = live !== undefined && live.metadata.uid === step.target.uid;
  if (!isThere || live.metadata.deletionTimestamp !== undefined) return compareWithout(step, live);
  const fields = readFields(live, Object.keys(step.target.fields));
  if (digest(canonicalJson(fields)) === step.target.digest) return { kind: 'as_previewed' };
  if (!takesAway(step) && isInEffect(step, live)) return { kind: 'in_effect' };
  return { kind: 'moved', changes: changesOf(step.target.fields, fields) };
}

/** The preview saw no such object: what is there now is what the step makes, or somebody else's. */
function compareWithNothing(step: Step, live: KubeObject | undefined): Comparison {
  if (live === undefined) return { kind: 'as_previewed' };
  if (live.metadata.deletionTimestamp !== undefined) return { kind: 'replaced' };
  if (isInEffect(step, live) && carriesMarks(step, live)) return { kind: 'in_effect' };
  return { kind: 'moved', changes: [{ pointer: '/metadata/name', before: null, after: live.metadata.name }] };
}

/** The object of the preview is gone or going: for a delete or an eviction that is the effect itself. */
function compareWithout(step: Step, live: KubeObject | undefined): Comparison {
  if (takesAway(step)) return { kind: 'in_effect' };
  return { kind: live === undefined ? 'gone' : 'replaced' };
}

/** Whether the effect of a step is that its object goes. */
export function takesAway({ request }: Pick<Step, 'request'>): boolean {
  return request.verb === 'delete' || request.verb === 'evict';
}

/** Whether the effect of a step is that there is an object where there was none. */
export function makes({ target }: Pick<Step, 'target'>): boolean {
  return target.uid === null;
}

/** Whether every field that the step writes has the value that the dry run promised. */
export function isInEffect(step: Pick<Step, 'expected'>, live: KubeObject): boolean {
  return canonicalJson(readFields(live, Object.keys(step.expected))) === canonicalJson(step.expected);
}

/** An object that a plan makes carries its labels and annotations, the plan's own name among them; another's does not. */
function carriesMarks({ request }: Step, live: KubeObject): boolean {
  if (request.verb !== 'create') return true;
  const { labels, annotations } = (request.manifest['metadata'] ?? {}) as {
    readonly labels?: Readonly<Record<string, JsonValue>>;
    readonly annotations?: Readonly<Record<string, JsonValue>>;
  };
  return carries(live.metadata.labels, labels) && carries(live.metadata.annotations, annotations);
}

function carries(
  live: Readonly<Record<string, string>> = {},
  wanted: Readonly<Record<string, JsonValue>> = {},
): boolean {
  return Object.entries(wanted).every(([key, value]) => live[key] === value);
}

function changesOf(before: FieldValues, after: FieldValues): readonly FieldChange[] {
  return Object.keys(before)
    .map((pointer) => ({ pointer, before: before[pointer] ?? null, after: after[pointer] ?? null }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
}
