import type { HealingCase } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';
import type { OutcomeDecision } from '../decide-outcome.ts';
import { backoffMs } from '../rules/backoff.ts';
import { COOL_DOWN_MS } from '../rules/not-before.ts';
import { attemptsInWindow } from '../rules/verdict.ts';
import { keepWindow } from './keep-window.ts';

/** What an ended attempt makes of its case. */
export interface EndedWith {
  readonly decision: Extract<OutcomeDecision, { kind: 'ended' }>;
  readonly isGone: boolean;
  readonly autonomy: Autonomy;
  readonly now: number;
  /** 0..1 */
  readonly jitter: number;
}

/** The case once its last attempt has ended: it waits out a backoff or a cool-down, or is for people. Pure. */
export function endAttempt(healingCase: HealingCase, ended: EndedWith): HealingCase {
  const { decision, isGone, now } = ended;
  const last = healingCase.attempts.at(-1);
  const finished = last && { ...last, endedAt: now, outcome: decision.outcome };
  const attempts = [...healingCase.attempts.slice(0, -1), ...(finished === undefined ? [] : [finished])];
  const { revertedAt } = decision;
  const reverts = revertedAt === undefined ? healingCase.reverts : [...healingCase.reverts, revertedAt];
  const kept = keepWindow({ ...healingCase, attempts, reverts }, now);
  return {
    ...healingCase,
    ...kept,
    status: decision.escalate ? 'escalated' : 'waiting',
    reason: decision.reason,
    notBefore: notBeforeOf(healingCase, ended),
    ...(isGone && { goneSince: now }),
    version: healingCase.version + 1,
  };
}

function notBeforeOf(healingCase: HealingCase, { decision, autonomy, now, jitter }: EndedWith): number {
  if (decision.outcome === 'helped') return now + COOL_DOWN_MS;
  const used = attemptsInWindow(healingCase, now).length;
  // There is nothing to wait for: people are told at once.
  if (used >= autonomy.attempts) return now;
  return now + backoffMs(used, jitter);
}
