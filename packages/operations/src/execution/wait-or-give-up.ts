import type { Intent, PlanId, PlanRecord } from '@jamie/core';
import { isOpsError, type OpsError } from '@jamie/core';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import type { PlanEvent } from '../plan-event.ts';
import { completeUnknown } from './complete-intent.ts';
import { describeGivingUp, describeSilence } from './describe-silence.ts';

/**
 * What becomes of a plan whose run has just failed. Says on its card that it waits, and ends it when it has waited for
 * longer than `timing.answerWithinMs` without getting any further. True: the plan has ended, and nothing is to be tried
 * again. Never throws because of what it could not record: the error that is being handled is the one to tell.
 */
export async function waitOrGiveUp(
  context: OperationsContext,
  planId: PlanId,
  error: unknown,
): Promise<boolean> {
  if (!isOpsError(error) || PASSING.has(error.code)) return false;
  try {
    return await recordSilence(context, planId, error);
  } catch (failure) {
    context.logger.warn('nothing could be recorded of a plan that waits', { planId, err: failure });
    return false;
  }
}

/** Lost races, and a worker that is told to stop, say nothing about the cluster. */
const PASSING: ReadonlySet<OpsError['code']> = new Set(['conflict', 'cancelled']);

async function recordSilence(context: OperationsContext, planId: PlanId, error: OpsError): Promise<boolean> {
  const record = await getPlan(context, planId);
  const { status, lease, unanswered } = record;
  if (!WAITING.has(status)) return false;
  // Another worker is at it, or has taken over: it is theirs to say how it goes on.
  if (status !== 'approved' && lease?.owner !== context.instanceId) return false;
  const limitMs = context.timing.answerWithinMs;
  const silentMs = unanswered === undefined ? 0 : context.clock.now() - unanswered.since;
  // A plan that has not begun expires by itself.
  if (status !== 'approved' && silentMs >= limitMs) return giveUp(context, record, error, limitMs);
  if (unanswered === undefined) await noteSilence(context, record, error, limitMs);
  return false;
}

const WAITING: ReadonlySet<PlanRecord['status']> = new Set(['approved', 'executing', 'rolling_back']);

async function noteSilence(
  context: OperationsContext,
  record: PlanRecord,
  error: OpsError,
  limitMs: number,
): Promise<void> {
  const reason = describeSilence(record, error, limitMs);
  await movePlan(context, record, { event: { kind: 'unanswered', reason }, actor: 'system' });
}

async function giveUp(
  context: OperationsContext,
  record: PlanRecord,
  error: OpsError,
  limitMs: number,
): Promise<boolean> {
  const intents = await context.store.listIntents(record.plan.id);
  const moved = await movePlan(context, record, {
    event: endOf(record, intents, error, limitMs),
    actor: 'system',
    also: completeUnknown(context, intents, 'nothing answered in time'),
  });
  return moved.kind === 'moved';
}

function endOf(record: PlanRecord, intents: readonly Intent[], error: OpsError, limitMs: number): PlanEvent {
  const reason = describeGivingUp(record, intents, error, limitMs);
  if (record.status === 'rolling_back') return { kind: 'rollback_failed', reason };
  const isInDoubt = intents.some(({ outcome }) => outcome === undefined);
  return { kind: isInDoubt ? 'inconclusive' : 'failed', reason };
}
