import {
  type CorrelationId,
  type HealingAttempt,
  type HealingCase,
  isOpsError,
  type OperationRequest,
  type Principal,
  type RequestId,
} from '@jamie/core';
import type { RemedyResult } from '@jamie/operations';
import { decideRefusal } from '../decide-refusal.ts';
import { attemptsInWindow } from '../rules/verdict.ts';
import { type ClusterSweep, commitCase, type SeenCase } from './cluster-sweep.ts';
import { escalateCase } from './escalate-case.ts';
import { healingAudit } from './healing-audit.ts';

/** A cluster that does not answer is asked again after this. */
const ASK_AGAIN_MS = 2 * 60_000;
/** Observations shown on the card of a plan. */
const CITED = 5;

type Planned = Exclude<RemedyResult, { kind: 'refused' }>;

/**
 * Makes one attempt: the plan, its card and the case that counts it are one commit, which fails when all changes were
 * frozen meanwhile. The plan's key follows from the version of the case, so that a repeat finds the same plan. Fails
 * like the store.
 */
export async function makeAttempt(
  sweep: ClusterSweep,
  seen: SeenCase,
  operation: OperationRequest,
): Promise<void> {
  const { context } = sweep;
  const requester = context.automation();
  if (requester === undefined) {
    const reason = 'I have no identity of my own to act as, so nothing is tried.';
    sweep.tally.noteBlind(sweep.cluster, reason);
    return;
  }
  const correlationId = context.ids.next('correlation') as CorrelationId;
  const result = await ask(sweep, seen, { operation, requester, correlationId });
  if (result === undefined)
    return waitUntil(sweep, seen, sweep.now + ASK_AGAIN_MS, 'The cluster does not answer.');
  if (result.kind !== 'refused') return commitAttempt(sweep, seen, result, correlationId);
  const decision = decideRefusal(result, sweep.now);
  return decision.kind === 'wait'
    ? waitUntil(sweep, seen, decision.untilMs, decision.reason)
    : escalateCase(sweep, seen, decision.reason);
}

interface Asked {
  readonly operation: OperationRequest;
  readonly requester: Principal;
  readonly correlationId: CorrelationId;
}

/** Undefined: the cluster could not be asked for now. */
async function ask(
  { context, cluster, now }: ClusterSweep,
  { healingCase, candidate, place }: SeenCase,
  asked: Asked,
): Promise<RemedyResult | undefined> {
  const { id, remediation, summary, version, conversationId } = healingCase;
  try {
    return await context.operations.remedy({
      ...asked,
      cluster,
      conversationId,
      requestId: context.ids.next('request') as RequestId,
      planKey: `healing:${id}:${version}`,
      healing: {
        caseId: id,
        remediation,
        finding: summary,
        evidence: (candidate?.evidence ?? []).slice(0, CITED).map(({ where, text }) => `${where}: ${text}`),
        attempt: attemptsInWindow(healingCase, now).length + 1,
        attemptsAllowed: place.autonomy.attempts,
      },
    });
  } catch (error) {
    if (isOpsError(error) && error.retryable) return undefined;
    throw error;
  }
}

async function commitAttempt(
  sweep: ClusterSweep,
  { healingCase }: SeenCase,
  planned: Planned,
  correlationId: CorrelationId,
): Promise<void> {
  const { context, freeze, now, tally } = sweep;
  const planId = planned.record.plan.id;
  const isSuggested = planned.kind === 'suggested';
  const attempt: HealingAttempt = { planId, startedAt: now, level: isSuggested ? 'suggest' : 'act' };
  const next: HealingCase = {
    ...healingCase,
    status: 'acting',
    reason: isSuggested ? `Plan ${planId} waits for people. ${planned.why}` : `Plan ${planId} is under way.`,
    attempts: [...healingCase.attempts, attempt],
    version: healingCase.version + 1,
  };
  const isCommitted = await commitCase(sweep, next, [
    { kind: 'freeze.expect', version: freeze.version },
    ...planned.changes,
    healingAudit(context, 'attempted', next, { at: now, planId, correlationId }),
  ]);
  if (isCommitted) tally.add('attempts');
}

async function waitUntil(
  sweep: ClusterSweep,
  { healingCase }: SeenCase,
  notBefore: number,
  reason: string,
): Promise<void> {
  await commitCase(sweep, { ...healingCase, notBefore, reason, version: healingCase.version + 1 });
}
