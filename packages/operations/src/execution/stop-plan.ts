import type { PlanRecord, StoreChange } from '@jamie/core';
import { assertNever, OpsError } from '@jamie/core';
import { executeChange } from '../approval/execute-change.ts';
import type { MoveOptions } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import type { PlanEvent } from '../plan-event.ts';
import { rollbackJobChange } from '../verification/verify-job.ts';
import { heldReason } from './check-start.ts';
import { completeIntent } from './complete-intent.ts';
import { decideStop, type StopDecision } from './decide-stop.ts';
import { describeStop } from './describe-stop.ts';
import { endStale } from './end-stale.ts';
import { unknownOutcome } from './intent-outcome.ts';
import { moveOrRetry } from './move-or-retry.ts';
import type { StepStop } from './step-run.ts';
import { stepStatesOf } from './step-states.ts';

/** Brings a plan whose next step was not carried out to its end, or to its wait. Throws retryable when it lost a race. */
export async function stopPlan(context: OperationsContext, stop: StepStop): Promise<void> {
  const { record } = stop;
  const intents = await context.store.listIntents(record.plan.id);
  const states = stepStatesOf(
    record.plan.steps,
    intents.filter(({ id }) => id !== stop.intentId || stop.inDoubt),
    'execute',
  );
  const isOverdue =
    record.blockedSince !== undefined &&
    context.clock.now() - record.blockedSince >= context.timing.evictionWithinMs;
  const decision = decideStop(record.plan, stop, states, isOverdue);
  await carryOut(context, stop, decision);
}

async function carryOut(context: OperationsContext, stop: StepStop, decision: StopDecision): Promise<void> {
  const { record } = stop;
  switch (decision.kind) {
    case 'hold':
      return hold(context, record);
    case 'wait':
      return moveOrRetry(context, record, {
        event: { kind: 'blocked', reason: decision.reason },
        actor: 'system',
        also: [
          executeChange(record.plan, {
            occasion: String(record.version),
            runAt: context.clock.now() + context.timing.evictionRetryMs,
          }),
        ],
        details: { stepId: stop.step.id },
        isShown: decision.reason !== record.reason,
      });
    case 'stale':
      return endStale(context, record, decision.reason, settled(context, stop));
    case 'roll_back':
      return end(context, stop, { kind: 'rollback_started', reason: decision.reason }, [
        // What is in doubt is looked at again before anything is taken back.
        ...(stop.inDoubt ? [] : settled(context, stop)),
        rollbackJobChange(record),
      ]);
    case 'refused':
    case 'failed':
    case 'inconclusive':
      return end(context, stop, decision, settled(context, stop));
    default:
      return assertNever(decision);
  }
}

function end(
  context: OperationsContext,
  { record, step }: StepStop,
  event: PlanEvent,
  also: MoveOptions['also'] & object,
): Promise<void> {
  return moveOrRetry(context, record, { event, actor: 'system', also, details: { stepId: step.id } });
}

/** A freeze that was lifted while nobody looked is no reason to wait for the next. */
async function hold(context: OperationsContext, record: PlanRecord): Promise<void> {
  const freeze = await context.store.readFreeze();
  if (!freeze.frozen)
    throw new OpsError('conflict', 'the freeze was switched', { retryable: true, retryAfterMs: 0 });
  const reason = heldReason(record.plan, record.appliedSteps ?? 0, freeze);
  return moveOrRetry(context, record, { event: { kind: 'held', reason }, actor: 'system' });
}

/** Records that the request of a step has had no effect, or that nobody can tell. */
function settled(context: OperationsContext, stop: StepStop): readonly StoreChange[] {
  if (stop.kind === 'frozen') return [];
  const why = describeStop(stop);
  const outcome = stop.inDoubt ? unknownOutcome(why) : ({ kind: 'not_applied', reason: why } as const);
  return completeIntent(context, stop.intentId, outcome);
}
