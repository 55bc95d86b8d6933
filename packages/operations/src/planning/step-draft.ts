import type { JsonObject, KubeObject, ObjectRef, OpsError, PostCondition, WriteRequest } from '@jamie/core';
import type { PlannedEffect } from '@jamie/policy';
import { compilePatch, type FieldWrite } from './field-write.ts';

/** What one step does, for policy and for whoever else feels it. */
export interface StepFacts {
  readonly effect: PlannedEffect;
  /** Pods that go or are replaced. */
  readonly podsAffected: number;
  /** How many of those are ready; absent: as many as there may be, all of them. */
  readonly readyPodsAffected?: number;
  /** The labels of those pods, by which Services choose them. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** How a step is taken back. */
export type WayBack =
  /** The fields that it changed get their former values. */
  | { readonly kind: 'restore' }
  /** The object that it deleted is made again. */
  | { readonly kind: 'recreate'; readonly manifest: JsonObject }
  /** `why` is a sentence for the card. */
  | { readonly kind: 'none'; readonly why: string };

/** One step of an operation before it was tried out. */
export interface StepDraft {
  readonly summary: string;
  readonly target: ObjectRef;
  /** The object as the step will find it: live, or as an earlier step leaves it. Undefined: there is none. */
  readonly before: KubeObject | undefined;
  readonly request: WriteRequest;
  /** Pointers of the fields that the preview depends on. */
  readonly pinned: readonly string[];
  /** Pointers of the fields that tell afterwards that the step had its effect. */
  readonly written: readonly string[];
  /** Measured once it is known how the object will be; undefined where none will be left. */
  readonly measure: (after: KubeObject | undefined) => StepFacts;
  readonly conditions: readonly PostCondition[];
  readonly wayBack: WayBack;
  /** Says in its own words why the API server refused the dry run; undefined: as for any request. */
  readonly explain?: (error: OpsError) => string | undefined;
}

/** An operation compiled against what the cluster holds: what to send, and the facts that the decision depends on. */
export interface Compiled {
  /** What happens to what, without place, for example "Scale Deployment checkout 3 → 5". */
  readonly title: string;
  readonly steps: readonly StepDraft[];
  readonly warnings: readonly string[];
  readonly onPartialFailure: 'compensate' | 'hold';
}

export interface CompileRefusal {
  readonly kind: 'refused';
  readonly reason:
    | 'no_change'
    | 'not_applicable'
    | 'no_such_revision'
    | 'nothing_to_undo'
    | 'conflict'
    | 'unsafe';
  /** What, why and what to do. */
  readonly message: string;
}

export type CompileResult = { readonly kind: 'compiled'; readonly compiled: Compiled } | CompileRefusal;

export function refuseCompile(reason: CompileRefusal['reason'], message: string): CompileRefusal {
  return { kind: 'refused', reason, message };
}

/** An operation of one step. */
export function compiledStep(
  title: string,
  step: StepDraft,
  warnings: readonly string[] = [],
): CompileResult {
  return {
    kind: 'compiled',
    compiled: { title, steps: [step], warnings, onPartialFailure: 'compensate' },
  };
}

/** The draft of a write of fields. */
export function draftOfWrite(
  before: KubeObject,
  write: FieldWrite,
  facts: StepFacts,
  conditions: readonly PostCondition[],
): StepDraft {
  const written = Object.keys(write.values);
  return {
    summary: write.summary,
    target: write.target,
    before,
    request: requestOf(before, write),
    pinned: [...new Set([...written, ...write.alsoPinned])],
    written,
    measure: () => facts,
    conditions,
    wayBack: { kind: 'restore' },
  };
}

/** The request of a field write. Deterministic: the same live object and write always give the same request. */
export function requestOf(live: KubeObject, write: FieldWrite): WriteRequest {
  if (write.subresource === 'scale') return scaleRequestOf(write);
  return {
    verb: 'patch',
    target: write.target,
    ...(write.subresource && { subresource: write.subresource }),
    patch: compilePatch(live, write.values),
  };
}

/**
 * A Scale leaves spec.replicas out when it is 0, so a test of that field would fail there; `add` sets it either way. The
 * resourceVersion that the writer adds is precondition enough.
 */
function scaleRequestOf({ target, values }: FieldWrite): WriteRequest {
  const patch = Object.entries(values).map(([path, value]) => ({ op: 'add' as const, path, value }));
  return { verb: 'patch', target, subresource: 'scale', patch };
}
