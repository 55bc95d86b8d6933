import type { FieldValues, Intent, KubeObject, PlanRecord, Step } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { isScale } from './build-step.ts';
import { type CompileResult, refuseCompile } from './compiled.ts';
import { readFields } from './field-write.ts';
import { readyReplicasOf, wantedReplicasOf } from './replica-counts.ts';

/** The step of a plan that undo takes back, or why there is none. */
export function stepToUndo(record: PlanRecord, intents: readonly Intent[]): Step | string {
  const { plan } = record;
  if (record.undoneBy !== undefined) return `${plan.id} was undone already, by ${record.undoneBy}.`;
  if (record.status === 'rolled_back')
    return `${plan.id} was rolled back already. There is nothing left to undo.`;
  const applied = new Set(
    intents
      .filter(
        (intent) =>
          intent.phase === 'execute' && intent.outcome !== undefined && intent.outcome.kind !== 'not_applied',
      )
      .map((intent) => intent.stepId),
  );
  const step = plan.steps.find((candidate) => applied.has(candidate.id));
  return step ?? `${plan.id} changed nothing, so there is nothing to undo.`;
}

/** Compiles the write that restores what a step changed. Where the fields moved since, the card says so. */
export function compileUndo(record: PlanRecord, step: Step, live: KubeObject): CompileResult {
  const written = Object.keys(step.expected);
  const before: FieldValues = Object.fromEntries(
    written.map((pointer) => [pointer, step.target.fields[pointer] ?? null]),
  );
  const now = readFields(live, written);
  if (canonicalJson(now) === canonicalJson(before)) {
    return refuseCompile(
      'no_change',
      `${step.target.ref.kind} ${step.target.ref.name} is as it was before ${record.plan.id}. Nothing to undo.`,
    );
  }
  const { ref } = step.target;
  const scales = isScale(step);
  const current = wantedReplicasOf(live);
  const title = scales
    ? `Undo ${record.plan.id}: scale ${ref.kind} ${ref.name} ${current} → ${before['/spec/replicas']}`
    : `Undo ${record.plan.id}: restore the pod template of ${ref.kind} ${ref.name}`;
  const moved = canonicalJson(now) !== canonicalJson(step.expected);
  return {
    kind: 'compiled',
    compiled: {
      effect: scales ? 'scale' : 'rollback',
      title,
      write: {
        target: ref,
        ...(scales && { subresource: 'scale' as const }),
        summary: title,
        values: before,
        alsoPinned: [],
      },
      currentReplicas: current,
      wantedReplicas: scales ? Number(before['/spec/replicas'] ?? 1) : current,
      readyReplicas: readyReplicasOf(live),
      warnings: moved ? [movedWarning(step, now, scales)] : [],
    },
  };
}

function movedWarning(step: Step, now: FieldValues, scales: boolean): string {
  if (!scales) return 'The pod template has changed again since; undo replaces that change too.';
  return `It was set to ${step.expected['/spec/replicas']} then and is ${now['/spec/replicas']} now; somebody changed it since.`;
}
