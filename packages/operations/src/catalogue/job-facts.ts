import type { JsonObject, JsonValue, ObjectRef, PostCondition } from '@jamie/core';
import { formatJsonPointer } from '@jamie/core';
import type { OperationsTiming } from '../operations-context.ts';
import { PLAN_ANNOTATION } from '../planning/plan-name.ts';
import type { StepDraft } from '../planning/step-draft.ts';
import { touchesNoPod } from './workload-facts.ts';

/** Labels that the Job controller generates for exactly one Job. */
const GENERATED_LABELS: ReadonlySet<string> = new Set([
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
]);

/** The labels of a Job or of its pods without those that are generated for exactly one Job. */
export function withoutGenerated(labels: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries((labels ?? {}) as JsonObject).filter(([key]) => !GENERATED_LABELS.has(key)),
  );
}

/** The spec of a Job as somebody would write it: without the selector and labels that are generated for it. */
export function withoutGeneratedSelector(spec: JsonObject): JsonObject {
  if (spec['manualSelector'] === true) return spec;
  const { selector: _generated, ...rest } = spec;
  const template = (spec['template'] ?? {}) as JsonObject;
  const metadata = (template['metadata'] ?? {}) as JsonObject;
  const labels: JsonValue = withoutGenerated(metadata['labels']);
  return { ...rest, template: { ...template, metadata: { ...metadata, labels } } };
}

/** The step that makes a Job under a name that follows from the plan. */
export function draftOfJob(
  operation: 'run_cron_job' | 'rerun_job',
  target: ObjectRef,
  summary: string,
  manifest: JsonObject,
  timing: OperationsTiming,
): StepDraft {
  const finished: PostCondition = { kind: 'job_succeeded', ref: target, withinMs: timing.verifyWithinMs };
  return {
    summary,
    target,
    before: undefined,
    request: { verb: 'create', target, manifest },
    pinned: [],
    written: [formatJsonPointer(['metadata', 'annotations', PLAN_ANNOTATION])],
    measure: () => touchesNoPod(operation, target),
    conditions: [finished],
    wayBack: {
      kind: 'none',
      why: `A run cannot be taken back. To stop it, delete Job ${target.name}.`,
    },
  };
}
