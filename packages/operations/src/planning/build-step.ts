import type {
  Digest,
  FieldValues,
  KubeObject,
  ObjectRef,
  PatchRequest,
  PinnedTarget,
  Step,
} from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { compilePatch, type FieldWrite, readFields } from './field-write.ts';

/** Pins the fields of an object as the plan read them. */
function pinTarget(
  ref: ObjectRef,
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
export function requestOf(live: KubeObject, write: FieldWrite): PatchRequest {
  if (write.subresource === 'scale') return scaleRequestOf(write);
  return { verb: 'patch', target: write.target, patch: compilePatch(live, write.values) };
}

/**
 * A Scale leaves spec.replicas out when it is 0, so a test of that field would fail there; `add` sets it either way. The
 * resourceVersion that the writer adds is precondition enough.
 */
function scaleRequestOf({ target, values }: FieldWrite): PatchRequest {
  const patch = Object.entries(values).map(([path, value]) => ({ op: 'add' as const, path, value }));
  return { verb: 'patch', target, subresource: 'scale', patch };
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
    expected: write.subresource === 'scale' ? write.values : readFields(dryRun, written),
  };
}

/** Whether a step writes the scale of a workload rather than the workload. */
export function isScale({ request }: Pick<Step, 'request'>): boolean {
  return request.verb === 'patch' && request.subresource === 'scale';
}

/** The object as it will be once a step has had its effect. The dry run of a scale returns a Scale, not the workload. */
export function afterStep(step: Step, live: KubeObject, dryRun: KubeObject): KubeObject {
  if (!isScale(step)) return dryRun;
  return { ...live, spec: { ...live.spec, replicas: step.expected['/spec/replicas'] ?? 0 } };
}

/** The step that restores what `step` changed: same fields, values as they were before. */
export function buildRollbackStep(step: Step, live: KubeObject, dryRun: KubeObject, digest: Digest): Step {
  const written = Object.keys(step.expected);
  const before: FieldValues = Object.fromEntries(
    written.map((pointer) => [pointer, step.target.fields[pointer] ?? null]),
  );
  const subresource = isScale(step) ? 'scale' : undefined;
  const after = afterStep(step, live, dryRun);
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
