import type {
  Digest,
  FieldValues,
  JsonObject,
  KubeObject,
  PatchRequest,
  PinnedTarget,
  Step,
  WorkloadKind,
  WriteRequest,
} from '@jamie/core';
import { canonicalJson, parseJsonPointer } from '@jamie/core';
import { type FieldWrite, readFields } from './field-write.ts';
import { formerManifest } from './former-manifest.ts';
import { changedPointers, givenPointers } from './object-fields.ts';
import { rollbackIdOf } from './rollback-step.ts';
import { requestOf, type StepDraft } from './step-draft.ts';

/** The kinds whose spec may be patched as a whole. */
const WORKLOADS: ReadonlySet<string> = new Set<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet']);

/** A step with what it finds and what it leaves. */
export interface BuiltStep {
  readonly step: Step;
  /** The object once the step has had its effect; undefined: there is none any more. */
  readonly after: KubeObject | undefined;
  /** The step that takes it back; undefined where there is no way back. */
  readonly rollback: Step | undefined;
}

/** What trying a step out brought. */
export interface TriedStep {
  /** What the API server said that the object would be; undefined where none would be left. */
  readonly dryRun: KubeObject | undefined;
  /** What earlier steps of the plan write to the same object. */
  readonly earlier: FieldValues;
}

/**
 * Closes a draft, given what the dry run returned. `expected` is taken from the dry run, so that the API server's own
 * defaulting cannot be mistaken for a change.
 */
export function buildStep(
  id: string,
  draft: StepDraft,
  { dryRun, earlier }: TriedStep,
  digest: Digest,
): BuiltStep {
  const written = writtenPointers(draft, dryRun);
  const expected = dryRun === undefined ? {} : expectedFields(draft, dryRun, written);
  const step: Step = {
    id,
    summary: draft.summary,
    target: pinTarget(draft, [...new Set([...draft.pinned, ...written])], digest),
    request: draft.request,
    expected,
  };
  const after = afterStep(draft, { ...earlier, ...expected }, dryRun);
  return { step, after, rollback: rollbackOf(step, draft, after, digest) };
}

/** The fields that tell that a step had its effect. */
function writtenPointers({ request, before, written }: StepDraft, dryRun: KubeObject | undefined) {
  if (request.verb !== 'apply' || dryRun === undefined) return written;
  const changed = before === undefined ? [] : changedPointers(before, dryRun);
  return [...new Set([...givenPointers(request.manifest, dryRun), ...changed])];
}

function expectedFields(draft: StepDraft, dryRun: KubeObject, written: readonly string[]): FieldValues {
  if (!isScale(draft)) return readFields(dryRun, written);
  // A Scale leaves spec.replicas out when it is 0.
  return Object.fromEntries(
    draft.request.patch.flatMap((operation) =>
      'value' in operation ? [[operation.path, operation.value]] : [],
    ),
  );
}

/** Pins the fields of an object as the plan read them; without an object, that there is none. */
function pinTarget({ target, before }: StepDraft, pointers: readonly string[], digest: Digest): PinnedTarget {
  const fields = before === undefined ? {} : readFields(before, pointers);
  return {
    ref: target,
    uid: before?.metadata.uid ?? null,
    generation: before?.metadata.generation ?? 0,
    fields,
    digest: digest(canonicalJson(fields)),
  };
}

/** Whether a step writes the scale of a workload rather than the workload. */
export function isScale<S extends Pick<Step, 'request'>>(step: S): step is S & { request: PatchRequest } {
  return step.request.verb === 'patch' && step.request.subresource === 'scale';
}

/**
 * The object as it will be once the step has had its effect. The dry run of a scale returns a Scale, not the workload,
 * and no dry run knows of an earlier step through another subresource: what is written is laid over.
 */
function afterStep(
  draft: StepDraft,
  written: FieldValues,
  dryRun: KubeObject | undefined,
): KubeObject | undefined {
  if (dryRun === undefined || draft.before === undefined) return dryRun;
  const after = structuredClone(isScale(draft) ? draft.before : dryRun);
  for (const [pointer, value] of Object.entries(written)) setAt(after, parseJsonPointer(pointer), value);
  return after;
}

function setAt(object: unknown, path: readonly string[], value: FieldValues[string]): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  const record = object as Record<string, unknown>;
  if (rest.length > 0) {
    if (value === null && record[key] === undefined) return;
    record[key] ??= {};
    setAt(record[key], rest, value);
  } else if (value === null) delete record[key];
  else record[key] = structuredClone(value);
}

function rollbackOf(
  step: Step,
  draft: StepDraft,
  after: KubeObject | undefined,
  digest: Digest,
): Step | undefined {
  if (draft.wayBack.kind === 'recreate') return recreating(step, draft.wayBack.manifest, digest);
  if (draft.wayBack.kind === 'none' || after === undefined || draft.before === undefined) return undefined;
  const before = readFields(draft.before, Object.keys(step.expected));
  const changed = Object.keys(before).filter(
    (pointer) => canonicalJson(before[pointer]) !== canonicalJson(step.expected[pointer]),
  );
  if (changed.length === 0) return undefined;
  const values = Object.fromEntries(changed.map((pointer) => [pointer, before[pointer] ?? null]));
  const summary = `Restore: ${step.summary}`;
  const fields = readFields(after, changed);
  return {
    id: rollbackIdOf(step.id),
    summary,
    target: {
      ref: step.target.ref,
      uid: after.metadata.uid,
      generation: after.metadata.generation ?? 0,
      fields,
      digest: digest(canonicalJson(fields)),
    },
    request: restoringRequest(step, { before: draft.before, after, values, summary }),
    expected: values,
  };
}

interface Restoring {
  readonly before: KubeObject;
  readonly after: KubeObject;
  readonly values: FieldValues;
  readonly summary: string;
}

/**
 * The request that gives fields their former values. What was applied to anything but a workload is taken back by
 * applying: of such objects no other field than those of the catalogue may be patched.
 */
function restoringRequest(step: Step, { before, after, values, summary }: Restoring): WriteRequest {
  const { ref } = step.target;
  if (step.request.verb === 'apply' && !WORKLOADS.has(ref.kind))
    return {
      verb: 'apply',
      target: ref,
      uid: after.metadata.uid,
      manifest: formerManifest(before, Object.keys(step.expected)),
    };
  const subresource = step.request.verb === 'patch' ? step.request.subresource : undefined;
  const write: FieldWrite = {
    target: ref,
    ...(subresource && { subresource }),
    summary,
    values,
    alsoPinned: [],
  };
  return requestOf(after, write);
}

/** Makes a deleted object again: nothing may be there, and afterwards it holds what the manifest gives. */
function recreating(step: Step, manifest: JsonObject, digest: Digest): Step {
  const object = manifest as unknown as KubeObject;
  return {
    id: rollbackIdOf(step.id),
    summary: `Make again: ${step.target.ref.kind} ${step.target.ref.name}`,
    target: { ref: step.target.ref, uid: null, generation: 0, fields: {}, digest: digest(canonicalJson({})) },
    request: { verb: 'apply', target: step.target.ref, uid: null, manifest },
    expected: readFields(object, givenPointers(manifest, object)),
  };
}
