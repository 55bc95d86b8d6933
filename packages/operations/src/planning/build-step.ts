import type {
  Digest,
  FieldValues,
  KubeObject,
  PinnedTarget,
  Step,
  WorkloadRef,
  WriteRequest,
} from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { compilePatch, type FieldWrite, readFields } from './field-write.ts';

/** Pins the fields of an object as the plan read them. */
function pinTarget(
  ref: WorkloadRef,
  live: KubeObject,
  pointers: readonly string[],
  digest: Digest,
): PinnedTarget {
  const fields = readFields(live, pointers);
  return {
    ref,
    uid: live.metadata.uid,
    generation: live.metadata.generation ?? 0,
    fields,
    digest: digest(canonicalJson(fields)),
  };
}

/** The request of a field write. Deterministic: the same live object and write always give the same request. */
export function requestOf(live: KubeObject, write: FieldWrite): WriteRequest {
  return {
    verb: 'patch',
    target: write.target,
    ...(write.subresource && { subresource: write.subresource }),
    patch: compilePatch(live, write.values),
  };
}

/**
 * The step that does a field write on `live`, given what the dry run returned.
 * `expected` is taken from the dry run, so that the API server's own defaulting cannot be mistaken for a change.
 */
export function buildStep(
  id: string,
  write: FieldWrite,
  live: KubeObject,
  dryRun: KubeObject,
  digest: Digest,
): Step {
  const written = Object.keys(write.values);
  return {
    id,
    summary: write.summary,
    target: pinTarget(write.target, live, [...new Set([...written, ...write.alsoPinned])], digest),
    request: requestOf(live, write),
    expected: readFields(dryRun, written),
  };
}

/** The step that restores what `step` changed: same fields, values as they were before. */
export function buildRollbackStep(step: Step, live: KubeObject, dryRun: KubeObject, digest: Digest): Step {
  const written = Object.keys(step.expected);
  const before: FieldValues = Object.fromEntries(
    written.map((pointer) => [pointer, step.target.fields[pointer] ?? null]),
  );
  const subresource = step.request.subresource;
  const after = { ...dryRun, metadata: { ...dryRun.metadata, uid: live.metadata.uid } };
  const write: FieldWrite = {
    target: step.target.ref,
    ...(subresource && { subresource }),
    summary: `Restore: ${step.summary}`,
    values: before,
    alsoPinned: [],
  };
  return {
    id: `${step.id}-rollback`,
    summary: write.summary,
    target: pinTarget(step.target.ref, after, written, digest),
    request: requestOf(after, write),
    expected: before,
  };
}
