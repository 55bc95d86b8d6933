import type {
  DirectOperation,
  FieldValues,
  Intent,
  KubeObject,
  OperationRequest,
  PlanId,
  PlanRecord,
  Step,
} from '@jamie/core';
import { canonicalJson, DELETABLE_KINDS, formatObjectRef } from '@jamie/core';
import { factsOfDelete } from '../catalogue/delete-object.ts';
import { fieldsHold, isWorkload, rolloutConditions, touchesNoPod } from '../catalogue/workload-facts.ts';
import type { OperationsContext } from '../operations-context.ts';
import { isScale } from './build-step.ts';
import { factsOfChange } from './facts-of-change.ts';
import { type FieldWrite, readFields } from './field-write.ts';
import { wantedReplicasOf } from './replica-counts.ts';
import { restoringOperation } from './restoring-operation.ts';
import { rollbackIdOf, rollbackStepOf } from './rollback-step.ts';
import {
  type CompileRefusal,
  type CompileResult,
  draftOfWrite,
  refuseCompile,
  type StepDraft,
} from './step-draft.ts';
import type { Surroundings } from './surroundings.ts';

/** A plan that changed something, and the steps of it that did. */
export interface ClusterOfUndo {
  readonly kind: 'undoable';
  readonly cluster: string;
  readonly record: PlanRecord;
  /** In the order in which they were carried out; at least one. */
  readonly steps: readonly Step[];
}

/** What an undo would take back; undefined for any other operation. */
export async function findUndoable(
  { store }: OperationsContext,
  operation: OperationRequest,
): Promise<ClusterOfUndo | CompileRefusal | undefined> {
  if (operation.kind !== 'undo') return undefined;
  const record = await store.findPlan(operation.planId);
  if (record === undefined) return refuseCompile('nothing_to_undo', `I know no plan ${operation.planId}.`);
  const steps = stepsToUndo(record, await store.listIntents(operation.planId));
  if (typeof steps === 'string') return refuseCompile('nothing_to_undo', steps);
  return { kind: 'undoable', cluster: record.plan.cluster, record, steps };
}

function stepsToUndo(record: PlanRecord, intents: readonly Intent[]): readonly Step[] | string {
  const { plan } = record;
  if (record.undoneBy !== undefined) return `${plan.id} was undone already, by ${record.undoneBy}.`;
  if (record.status === 'rolled_back')
    return `${plan.id} was rolled back already. There is nothing left to undo.`;
  const hadEffect = (phase: Intent['phase']) =>
    new Set(
      intents
        .filter(
          (intent) =>
            intent.phase === phase && intent.outcome !== undefined && intent.outcome.kind !== 'not_applied',
        )
        .map(({ stepId }) => stepId),
    );
  const [applied, takenBack] = [hadEffect('execute'), hadEffect('rollback')];
  const steps = plan.steps.filter(({ id }) => applied.has(id) && !takenBack.has(rollbackIdOf(id)));
  return steps.length > 0 ? steps : `${plan.id} changed nothing, so there is nothing to undo.`;
}

/** Compiles the steps that take a plan back, the last one first. Where something moved since, the card says so. */
export async function compileUndo(undo: ClusterOfUndo, surroundings: Surroundings): Promise<CompileResult> {
  const { record, steps } = undo;
  const drafts: StepDraft[] = [];
  const warnings: string[] = [];
  let restored = 0;
  for (const step of [...steps].reverse()) {
    const result = await undoStep(record, step, surroundings);
    if (result.kind === 'refused') return result;
    if (result.kind === 'as_before') restored += 1;
    if (result.kind === 'draft') drafts.push(result.draft);
    warnings.push(...(result.kind === 'as_before' ? [] : result.warnings));
  }
  const [first, ...others] = drafts;
  if (first === undefined) return nothingLeft(record.plan.id, steps, restored, warnings);
  const title =
    others.length === 0
      ? first.summary
      : `Undo ${record.plan.id}: ${drafts.length} steps, the last one first`;
  return { kind: 'compiled', compiled: { title, steps: drafts, warnings, onPartialFailure: 'hold' } };
}

function nothingLeft(
  planId: PlanId,
  steps: readonly Step[],
  restored: number,
  warnings: readonly string[],
): CompileRefusal {
  const [step] = steps;
  if (restored === 0 || step === undefined)
    return refuseCompile('nothing_to_undo', warnings.join(' ') || `Nothing of ${planId} can be undone.`);
  const what = steps.length === 1 ? `${step.target.ref.kind} ${step.target.ref.name} is` : 'Everything is';
  return refuseCompile('no_change', `${what} as it was before ${planId}. Nothing to undo.`);
}

type UndoneStep =
  | { readonly kind: 'draft'; readonly draft: StepDraft; readonly warnings: readonly string[] }
  | { readonly kind: 'as_before' }
  | { readonly kind: 'no_way_back'; readonly warnings: readonly string[] }
  | CompileRefusal;

async function undoStep(record: PlanRecord, step: Step, surroundings: Surroundings): Promise<UndoneStep> {
  const { ref, uid } = step.target;
  if (step.request.verb === 'evict')
    return { kind: 'no_way_back', warnings: [`The eviction of ${formatObjectRef(ref)} cannot be undone.`] };
  if (step.request.verb === 'delete') return remake(record, step, surroundings);
  if (uid === null) return unmake(record, step, surroundings);
  const live = await surroundings.get(ref);
  if (live.metadata.uid !== uid) {
    const message = `${ref.kind} ${ref.name} was deleted and made anew since ${record.plan.id}.`;
    return refuseCompile('nothing_to_undo', message);
  }
  return restore(record, step, live, surroundings);
}

/** Applies what the plan kept of an object as it was, where its fields may not be patched one by one. */
function reapply(
  record: PlanRecord,
  step: Step,
  live: KubeObject,
  { timing }: Surroundings,
): StepDraft | undefined {
  const { ref } = step.target;
  const rollback = rollbackStepOf(record.plan, step);
  if (rollback?.request.verb !== 'apply') return undefined;
  return {
    summary: `Undo ${record.plan.id}: restore ${ref.kind} ${ref.name}`,
    target: ref,
    before: live,
    request: rollback.request,
    pinned: [],
    written: [],
    measure: (after) => factsOfChange('apply', ref, live, after),
    conditions: fieldsHold(ref, timing),
    wayBack: { kind: 'restore' },
  };
}

/** Gives the fields that a step changed the values that they had before. */
function restore(record: PlanRecord, step: Step, live: KubeObject, surroundings: Surroundings): UndoneStep {
  const written = Object.keys(step.expected);
  const before: FieldValues = Object.fromEntries(
    written.map((pointer) => [pointer, step.target.fields[pointer] ?? null]),
  );
  const now = readFields(live, written);
  if (canonicalJson(now) === canonicalJson(before)) return { kind: 'as_before' };
  const { ref } = step.target;
  const scales = isScale(step);
  const current = wantedReplicasOf(live);
  const title = titleOfRestore(record.plan.id, step, current, before);
  const values = Object.fromEntries(
    written
      .filter((pointer) => canonicalJson(now[pointer]) !== canonicalJson(before[pointer]))
      .map((pointer) => [pointer, before[pointer] ?? null]),
  );
  const subresource = step.request.verb === 'patch' ? step.request.subresource : undefined;
  const wanted = scales ? Number(before['/spec/replicas'] ?? 1) : current;
  const conditions = isWorkload(ref)
    ? rolloutConditions(ref, wanted, surroundings.timing)
    : fieldsHold(ref, surroundings.timing);
  const write = { target: ref, ...(subresource && { subresource }), summary: title, values, alsoPinned: [] };
  const draft =
    reapply(record, step, live, surroundings) ??
    restoringDraft(live, write, restoringOperation(step.request, values), conditions);
  const moved = canonicalJson(now) !== canonicalJson(step.expected);
  return { kind: 'draft', draft, warnings: moved ? [movedWarning(step, now)] : [] };
}

/** Judged by what the dry run shows, as the change that it takes back was. */
function restoringDraft(
  live: KubeObject,
  write: FieldWrite,
  operation: DirectOperation['kind'],
  conditions: StepDraft['conditions'],
): StepDraft {
  const { target } = write;
  const draft = draftOfWrite(live, write, touchesNoPod(operation, target), conditions);
  return { ...draft, measure: (after) => factsOfChange(operation, target, live, after) };
}

function titleOfRestore(planId: PlanId, step: Step, current: number, before: FieldValues): string {
  const { ref } = step.target;
  if (isScale(step))
    return `Undo ${planId}: scale ${ref.kind} ${ref.name} ${current} → ${before['/spec/replicas']}`;
  const what = touchesTemplate(step.expected) ? 'restore the pod template of' : 'restore';
  return `Undo ${planId}: ${what} ${ref.kind} ${ref.name}`;
}

function touchesTemplate(values: FieldValues): boolean {
  return Object.keys(values).some((pointer) => pointer.startsWith('/spec/template'));
}

function movedWarning(step: Step, now: FieldValues): string {
  if (isScale(step))
    return `It was set to ${step.expected['/spec/replicas']} then and is ${now['/spec/replicas']} now; somebody changed it since.`;
  if (touchesTemplate(step.expected))
    return 'The pod template has changed again since; undo replaces that change too.';
  return `${formatObjectRef(step.target.ref)} has changed again since; undo replaces that change too.`;
}

/** Makes an object again that a step deleted. */
async function remake(record: PlanRecord, step: Step, { find, timing }: Surroundings): Promise<UndoneStep> {
  const { ref } = step.target;
  const rollback = rollbackStepOf(record.plan, step);
  if (rollback === undefined)
    return { kind: 'no_way_back', warnings: [`The deletion of ${formatObjectRef(ref)} cannot be undone.`] };
  if ((await find(ref)) !== undefined)
    return refuseCompile('nothing_to_undo', `${formatObjectRef(ref)} exists again already. Nothing to undo.`);
  const draft: StepDraft = {
    summary: `Undo ${record.plan.id}: make ${ref.kind} ${ref.name} again`,
    target: ref,
    before: undefined,
    request: rollback.request,
    pinned: [],
    written: [],
    measure: (after) => factsOfChange('apply', ref, undefined, after),
    conditions: fieldsHold(ref, timing),
    wayBack: {
      kind: 'none',
      why: `Once ${ref.kind} ${ref.name} is made again, delete it by name if it must go.`,
    },
  };
  const warnings = [`${formatObjectRef(ref)} gets a new uid and begins without the status that it had.`];
  return { kind: 'draft', draft, warnings };
}

/** Deletes an object that a step made, if it is the one. */
async function unmake(record: PlanRecord, step: Step, { find, timing }: Surroundings): Promise<UndoneStep> {
  const { ref } = step.target;
  const live = await find(ref);
  if (live === undefined) return { kind: 'as_before' };
  if (!(DELETABLE_KINDS as readonly string[]).includes(ref.kind) || madeBefore(live, record))
    return refuseCompile(
      'nothing_to_undo',
      `${formatObjectRef(ref)} is not the one that ${record.plan.id} made.`,
    );
  const { uid } = live.metadata;
  const written = Object.keys(step.expected);
  const moved = canonicalJson(readFields(live, written)) !== canonicalJson(step.expected);
  const draft: StepDraft = {
    summary: `Undo ${record.plan.id}: delete ${ref.kind} ${ref.name}`,
    target: ref,
    before: live,
    request: { verb: 'delete', target: ref, uid, propagation: 'Background' },
    pinned: written,
    written: [],
    measure: () => factsOfDelete(ref, live),
    conditions: [{ kind: 'gone', ref, uid, withinMs: timing.verifyWithinMs }],
    wayBack: {
      kind: 'none',
      why: `Once ${ref.kind} ${ref.name} is deleted, ask for it again if it is needed.`,
    },
  };
  return { kind: 'draft', draft, warnings: moved ? [movedWarning(step, readFields(live, written))] : [] };
}

/** Clocks differ by seconds; an object this much older than the plan was not made by it. */
const CLOCK_TOLERANCE_MS = 60_000;

function madeBefore(live: KubeObject, { plan }: PlanRecord): boolean {
  return Date.parse(live.metadata.creationTimestamp) < plan.createdAt - CLOCK_TOLERANCE_MS;
}
