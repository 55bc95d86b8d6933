import type { HealingCase, StoreChange } from '@jamie/core';
import { endAttempt } from '../cases/end-attempt.ts';
import { missFault, wasTried } from '../cases/miss-fault.ts';
import { seeFault } from '../cases/see-fault.ts';
import { decideOutcome, type OutcomeFacts } from '../decide-outcome.ts';
import { resolvedReply } from '../resolved-reply.ts';
import { WINDOW_MS } from '../rules/verdict.ts';
import { type ClusterSweep, commitCase, type SeenCase } from './cluster-sweep.ts';
import { escalateCase } from './escalate-case.ts';
import { healingAudit } from './healing-audit.ts';

/** Takes a known case to where it is now: its attempt has ended, its fault is back, or gone, or gone for good. Fails like the store. */
export async function advanceCase(
  sweep: ClusterSweep,
  seen: SeenCase,
  fault: OutcomeFacts['fault'],
): Promise<void> {
  const { healingCase, candidate, place } = seen;
  if (healingCase.status === 'acting') return endItsAttempt(sweep, seen, fault);
  if (fault === 'unknown') return;
  if (candidate === undefined) return commitMissed(sweep, seen, missFault(healingCase, sweep.now));
  if (staysResolved(seen, sweep.now)) return;
  const next = seeFault(healingCase, candidate, place.autonomy, sweep.now);
  if (next !== healingCase) await commitCase(sweep, next);
}

/** Nothing can be done about it: it is none of ours, or somebody has closed it and knows. */
function staysResolved({ healingCase, candidate }: SeenCase, now: number): boolean {
  if (healingCase.status !== 'resolved' || candidate?.remedy.kind !== 'none') return false;
  const wasClosed = healingCase.goneSince === undefined && now - healingCase.lastSeenAt < WINDOW_MS;
  return wasClosed || !candidate.remedy.tell;
}

async function commitMissed(sweep: ClusterSweep, seen: SeenCase, next: HealingCase): Promise<void> {
  const { healingCase, place } = seen;
  if (next === healingCase) return;
  if (next.status !== 'resolved') {
    await commitCase(sweep, next);
    return;
  }
  const { context, now, tally } = sweep;
  const isKnown = healingCase.status === 'escalated' || wasTried(next);
  const told: readonly StoreChange[] = isKnown
    ? await context.report({
        kind: 'resolved',
        healingCase: next,
        autonomy: place.autonomy,
        reply: resolvedReply(next),
        key: `resolved:${next.id}:${next.version}`,
        at: now,
      })
    : [];
  const entry = healingAudit(context, 'resolved', next, { at: now });
  if (await commitCase(sweep, next, [...told, entry])) tally.add('resolved');
}

async function endItsAttempt(
  sweep: ClusterSweep,
  seen: SeenCase,
  fault: OutcomeFacts['fault'],
): Promise<void> {
  const { context, now } = sweep;
  const { healingCase, place } = seen;
  const last = healingCase.attempts.at(-1);
  if (last === undefined) return;
  const record = await context.store.findPlan(last.planId);
  const { remediation } = healingCase;
  const decision = decideOutcome({ remediation, planId: last.planId, record, fault, now });
  if (decision.kind === 'running') return;
  const next = endAttempt(healingCase, {
    decision,
    isGone: fault === 'gone',
    autonomy: place.autonomy,
    now,
    jitter: context.jitter(),
  });
  const entry = healingAudit(context, 'ended', next, { at: now, planId: last.planId });
  if (!decision.escalate) {
    await commitCase(sweep, next, [entry]);
    return;
  }
  // One commit for both: the version that the dossier is known by is the one that ends the attempt.
  const ended = { ...next, version: healingCase.version };
  await escalateCase(sweep, { ...seen, healingCase: ended }, decision.reason, [entry]);
}
