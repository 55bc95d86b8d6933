import type {
  ClusterConnection,
  FreezeState,
  Intent,
  IntentId,
  IntentOutcome,
  KubeObject,
  PlanRecord,
  Step,
  StoreChange,
  WritePermit,
} from '@jamie/core';
import { isOpsError, OpsError } from '@jamie/core';
import { movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { type Comparison, compareTarget } from './compare-target.ts';
import { readLive } from './read-live.ts';

/** How often a step looks again after the object moved under it or the answer was lost. */
const ROUNDS = 5;

export interface StepRun {
  readonly connection: ClusterConnection;
  readonly phase: Intent['phase'];
  readonly step: Step;
  readonly permit: WritePermit;
  /** The freeze as it was read at the start; absent for a rollback, which no freeze stops. */
  readonly freeze?: FreezeState;
}

export type StepResult =
  | {
      readonly kind: 'done';
      readonly record: PlanRecord;
      readonly outcome: IntentOutcome;
      readonly intentId: IntentId | undefined;
    }
  /** The object is not as it was previewed. `intentId` is set when an earlier run may have sent the request. */
  | {
      readonly kind: 'moved';
      readonly record: PlanRecord;
      readonly comparison: Exclude<Comparison, { kind: 'as_previewed' }>;
      readonly intentId: IntentId | undefined;
    }
  /** The cluster refused the request for good. Nothing was changed. */
  | {
      readonly kind: 'rejected';
      readonly record: PlanRecord;
      readonly reason: string;
      readonly intentId: IntentId;
    }
  /** The cluster does not let us look at the object. `intentId` as above. */
  | {
      readonly kind: 'unreadable';
      readonly record: PlanRecord;
      readonly reason: string;
      readonly intentId: IntentId | undefined;
    }
  /** All changes are frozen, and the effect is not there yet. */
  | { readonly kind: 'frozen'; readonly record: PlanRecord };

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
    return { kind: 'done', record: start, outcome: intent.outcome, intentId: undefined };
  let record = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await look(context, record, run, intent);
    if (seen.kind === 'stop') return seen.result;
    const fenced = await writeIntent(context, record, run, intent);
    if (fenced.kind === 'frozen') return { kind: 'frozen', record };
    ({ record, intent } = fenced);
    const sent = await send(run, seen.live);
    if (sent.kind === 'applied') return { kind: 'done', record, outcome: sent.outcome, intentId: intent.id };
    if (sent.kind === 'rejected')
      return { kind: 'rejected', record, reason: sent.reason, intentId: intent.id };
  }
  throw new OpsError('unavailable', 'the object kept moving while the request was sent', {
    details: { planId: record.plan.id, stepId: run.step.id },
  });
}

type Look =
  | { readonly kind: 'send'; readonly live: KubeObject }
  | { readonly kind: 'stop'; readonly result: StepResult };

/** Looks at the object: may the request be sent now, or is there an end to tell? */
async function look(
  context: OperationsContext,
  record: PlanRecord,
  run: StepRun,
  intent: Intent | undefined,
): Promise<Look> {
  const stop = (result: StepResult): Look => ({ kind: 'stop', result });
  const intentId = intent?.id;
  const read = await readLive(run.connection.reader, run.step.target.ref, run.permit.identity);
  if (read.kind === 'unreadable') return stop({ ...read, record, intentId });
  if (read.kind === 'gone')
    return stop({ kind: 'moved', record, comparison: { kind: 'replaced' }, intentId });
  const comparison = compareTarget(run.step, read.object, context.digest);
  if (comparison.kind === 'in_effect' && intent !== undefined)
    return stop(arrived(record, intent, read.object));
  if (comparison.kind !== 'as_previewed') return stop({ kind: 'moved', record, comparison, intentId });
  if (run.freeze?.frozen === true) return stop({ kind: 'frozen', record });
  return { kind: 'send', live: read.object };
}

function arrived(record: PlanRecord, intent: Intent, live: KubeObject): StepResult {
  const outcome: IntentOutcome = { kind: 'already_applied', resourceVersion: live.metadata.resourceVersion };
  return { kind: 'done', record, outcome, intentId: intent.id };
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
  const intent: Intent = known ?? {
    id: context.ids.next('intent') as IntentId,
    planId: record.plan.id,
    phase: run.phase,
    stepId: run.step.id,
    epoch: record.lease?.epoch ?? 0,
    at: now,
  };
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

type Sent =
  | { readonly kind: 'applied'; readonly outcome: IntentOutcome }
  | { readonly kind: 'look_again' }
  | { readonly kind: 'rejected'; readonly reason: string };

async function send(run: StepRun, live: KubeObject): Promise<Sent> {
  try {
    const after = await run.connection.writer.send(
      run.step.request,
      live.metadata.resourceVersion,
      run.permit,
    );
    return {
      kind: 'applied',
      outcome: { kind: 'applied', resourceVersion: after?.metadata.resourceVersion ?? '' },
    };
  } catch (error) {
    if (!isOpsError(error)) throw error;
    switch (error.code) {
      case 'conflict':
      // Whether the write arrived is unknown: only the object itself can tell.
      case 'timeout':
      case 'unavailable':
        return { kind: 'look_again' };
      case 'forbidden':
      case 'policy_denied':
      case 'not_found':
      case 'invalid_input':
        return { kind: 'rejected', reason: error.userMessage ?? error.message };
      default:
        throw error;
    }
  }
}
