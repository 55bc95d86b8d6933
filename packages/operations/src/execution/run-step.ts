import type { Intent, IntentId, IntentOutcome, KubeObject, PlanRecord, StoreChange } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { compareTarget, makes, takesAway } from './compare-target.ts';
import { completeIntent } from './complete-intent.ts';
import { type LiveObject, readLive } from './read-live.ts';
import { sendStep } from './send-step.ts';
import type { StepResult, StepRun, StopFacts } from './step-run.ts';

/** How often a step looks again after the object moved under it or the answer was lost. */
const ROUNDS = 5;

/**
 * How long after an intent an object that is not there is taken for one that was never made, in milliseconds: far longer
 * than another worker needs to take over, and hardly enough for somebody to see the object and delete it.
 */
const SURELY_ABSENT_MS = 120_000;

/**
 * Runs one step: observe, compare with the preview, write the intent while checking the lease, send with the live
 * resourceVersion as precondition. Every doubt ends in another observation, never in a blind second send.
 * Throws a retryable OpsError when the lease was lost or the cluster did not answer; the next run observes first.
 */
export async function runStep(
  context: OperationsContext,
  start: PlanRecord,
  run: StepRun,
): Promise<StepResult> {
  const intents = await context.store.listIntents(start.plan.id);
  let intent = intents.find((candidate) => candidate.phase === run.phase && candidate.stepId === run.step.id);
  if (intent?.outcome !== undefined)
    return { kind: 'done', record: start, outcome: intent.outcome, changes: [] };
  let record = start;
  let inDoubt = intent !== undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const facts = { record, step: run.step, intentId: intent?.id, inDoubt };
    const read = await observe(run, round);
    const seen = await look(context, run, facts, { intent, read });
    if (seen.kind === 'stop') return seen.result;
    const fenced = await writeIntent(context, record, run, intent);
    if (fenced.kind === 'frozen') return { ...facts, kind: 'frozen' };
    ({ record, intent } = fenced);
    refuseAfterLease(context, record);
    const sent = await sendStep(run, seen.live);
    if (sent.kind === 'applied') return done(context, record, intent, sent.outcome);
    if (sent.kind !== 'look_again')
      return { ...sent, record, step: run.step, intentId: intent.id, inDoubt: false };
    inDoubt ||= sent.mayHaveArrived;
  }
  throw new OpsError('unavailable', 'the object kept moving while the request was sent', {
    details: { planId: record.plan.id, stepId: run.step.id },
  });
}

type Look =
  | { readonly kind: 'send'; readonly live: KubeObject | undefined }
  | { readonly kind: 'stop'; readonly result: StepResult };

/**
 * What was read a moment ago is as good as another look where the API server refuses a request that is about an older
 * object. A delete and an eviction name the uid alone, and look again.
 */
function observe({ connection, step, permit, seen }: StepRun, round: number): Promise<LiveObject> {
  const { request, target } = step;
  const isChecked = request.verb === 'patch' || request.verb === 'apply';
  if (round === 0 && isChecked && seen?.kind === 'found') return Promise.resolve(seen);
  return readLive(connection.reader, target.ref, permit.identity);
}

/** Judges the object: may the request be sent now, or is there an end to tell? */
async function look(
  context: OperationsContext,
  run: StepRun,
  facts: StopFacts,
  { intent, read }: { readonly intent: Intent | undefined; readonly read: LiveObject },
): Promise<Look> {
  const stop = (result: StepResult): Look => ({ kind: 'stop', result });
  if (read.kind === 'unreadable') return stop({ ...facts, ...read });
  const live = read.kind === 'found' ? read.object : undefined;
  const comparison = compareTarget(run.step, live, context.digest);
  if (comparison.kind === 'in_effect') {
    const needsNothing = run.isUnderWay && takesAway(run.step);
    if (intent === undefined && !needsNothing) return stop({ ...facts, kind: 'moved', comparison });
    return stop(inEffect(context, run, facts.record, intent, live));
  }
  if (comparison.kind !== 'as_previewed') {
    // An object that was to go and is still there was not taken away by anything that we sent.
    const inDoubt = facts.inDoubt && !takesAway(run.step);
    return stop({ ...facts, kind: 'moved', comparison, inDoubt });
  }
  if (mayHaveVanished(context, run, intent)) return stop({ ...facts, kind: 'vanished' });
  if (run.freeze?.frozen === true) return stop({ ...facts, kind: 'frozen' });
  const reason = await run.refusal?.();
  // The object is as it was previewed: whatever an earlier run sent has had no effect.
  if (reason !== undefined) return stop({ ...facts, kind: 'withdrawn', reason, inDoubt: false });
  return { kind: 'send', live };
}

/** Nothing at the API server tells an object that was never made from one that was made and deleted since. */
function mayHaveVanished(
  { clock }: OperationsContext,
  { step }: StepRun,
  intent: Intent | undefined,
): boolean {
  return makes(step) && intent !== undefined && clock.now() - intent.at >= SURELY_ABSENT_MS;
}

/** A worker that stood still after it wrote the intent sends nothing more: another one may have taken over. */
function refuseAfterLease({ clock }: OperationsContext, { lease }: PlanRecord): void {
  if (lease !== undefined && clock.now() < lease.expiresAt) return;
  throw new OpsError('conflict', 'the lease ran out before the request was sent', {
    retryable: true,
    retryAfterMs: 0,
  });
}

/** The effect is there: what was sent before has arrived, or nothing needed to be sent. */
function inEffect(
  context: OperationsContext,
  run: StepRun,
  record: PlanRecord,
  known: Intent | undefined,
  live: KubeObject | undefined,
): StepResult {
  const outcome: IntentOutcome = {
    kind: 'already_applied',
    resourceVersion: live?.metadata.resourceVersion ?? '',
  };
  if (known !== undefined) return done(context, record, known, outcome);
  const intent = { ...newIntent(context, record, run), outcome, completedAt: context.clock.now() };
  return { kind: 'done', record, outcome, changes: [{ kind: 'intent.insert', intent }] };
}

function done(
  context: OperationsContext,
  record: PlanRecord,
  intent: Intent,
  outcome: IntentOutcome,
): StepResult {
  return { kind: 'done', record, outcome, changes: completeIntent(context, intent.id, outcome) };
}

function newIntent(context: OperationsContext, record: PlanRecord, run: StepRun): Intent {
  return {
    id: context.ids.next('intent') as IntentId,
    planId: record.plan.id,
    phase: run.phase,
    stepId: run.step.id,
    epoch: record.lease?.epoch ?? 0,
    at: context.clock.now(),
  };
}

type Fenced =
  | { readonly kind: 'fenced'; readonly record: PlanRecord; readonly intent: Intent }
  | { readonly kind: 'frozen' };

/** Renews the lease and writes the intent in one commit: a worker that was fenced off gets no further than here. */
async function writeIntent(
  context: OperationsContext,
  record: PlanRecord,
  run: StepRun,
  known: Intent | undefined,
): Promise<Fenced> {
  const now = context.clock.now();
  const intent = known ?? newIntent(context, record, run);
  const also: StoreChange[] = [];
  if (known === undefined) also.push({ kind: 'intent.insert', intent });
  if (run.freeze !== undefined) also.push({ kind: 'freeze.expect', version: run.freeze.version });
  const moved = await movePlan(context, record, {
    event: { kind: 'lease_renewed', expiresAt: now + context.timing.leaseMs },
    actor: run.permit.identity.user,
    also,
    details: { intentId: intent.id, phase: run.phase, stepId: run.step.id, epoch: record.lease?.epoch ?? 0 },
    isShown: false,
  });
  if (moved.kind === 'moved') return { kind: 'fenced', record: moved.record, intent };
  if (moved.kind === 'lost' && moved.because === 'freeze.expect') return { kind: 'frozen' };
  throw new OpsError('conflict', 'the lease was lost before the request was sent', {
    retryable: true,
    retryAfterMs: 0,
  });
}
