import type { HealingCase } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';
import type { Candidate } from '../remedies/candidate.ts';
import { STEADY_MS } from '../rules/not-before.ts';
import { attemptsInWindow, WINDOW_MS } from '../rules/verdict.ts';
import { keepWindow } from './keep-window.ts';
import { FOUND_REASON } from './open-case.ts';

/** A fault that comes back within this is the same one again; later it is another. */
export const RELAPSE_WITHIN_MS = 60 * 60_000;
/** Gone for less than this is a blink of the observation, not an end. */
const BLINK_MS = 60_000;
/** The time of the last sight is only written this often. */
const SEEN_EVERY_MS = 5 * 60_000;

/**
 * The case now that its fault is seen: what came back counts as a relapse and has to be steady anew. The same object
 * where nothing is worth writing. Pure.
 */
export function seeFault(
  healingCase: HealingCase,
  { findingCode, summary }: Candidate,
  autonomy: Autonomy,
  now: number,
): HealingCase {
  const { goneSince, ...rest } = healingCase;
  if (healingCase.status === 'resolved') return reopen(healingCase, { findingCode, summary }, autonomy, now);
  const seen = { findingCode, summary, lastSeenAt: now, version: healingCase.version + 1 };
  if (goneSince !== undefined) {
    const notBefore = Math.max(healingCase.notBefore, now + STEADY_MS);
    const reason = healingCase.status === 'waiting' ? FOUND_REASON : healingCase.reason;
    return { ...rest, ...seen, ...withRelapse(healingCase, goneSince, now), notBefore, reason };
  }
  const isSame = healingCase.summary === summary && healingCase.findingCode === findingCode;
  if (isSame && now - healingCase.lastSeenAt < SEEN_EVERY_MS) return healingCase;
  return { ...healingCase, ...seen };
}

function withRelapse(healingCase: HealingCase, goneSince: number, now: number) {
  const kept = keepWindow(healingCase, now);
  const goneFor = now - goneSince;
  const isRelapse = goneFor >= BLINK_MS && goneFor < RELAPSE_WITHIN_MS;
  return isRelapse ? { ...kept, relapses: [...kept.relapses, now] } : kept;
}

function reopen(
  healingCase: HealingCase,
  seen: Pick<Candidate, 'findingCode' | 'summary'>,
  autonomy: Autonomy,
  now: number,
): HealingCase {
  const { goneSince, ...rest } = healingCase;
  const kept = goneSince === undefined ? keepWindow(rest, now) : withRelapse(healingCase, goneSince, now);
  const back = goneSince === undefined ? budgetBackAt(healingCase, autonomy, now) : undefined;
  return {
    ...rest,
    ...seen,
    ...kept,
    status: 'waiting',
    reason:
      back === undefined
        ? FOUND_REASON
        : `${healingCase.reason} The attempts of this day are used up; it is tried again after ${new Date(back).toISOString()}.`,
    firstSeenAt: now,
    lastSeenAt: now,
    notBefore: Math.max(now + STEADY_MS, healingCase.notBefore, back ?? 0),
    version: healingCase.version + 1,
  };
}

/** When a budget that is used up lets another attempt begin; undefined while there is something left. */
function budgetBackAt(
  healingCase: HealingCase,
  { attempts: most }: Autonomy,
  now: number,
): number | undefined {
  const counted = attemptsInWindow(healingCase, now);
  const blocking = counted.at(-most);
  if (most < 1 || counted.length < most || blocking === undefined) return undefined;
  return blocking.startedAt + WINDOW_MS;
}
