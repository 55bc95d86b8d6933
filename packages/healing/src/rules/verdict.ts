import type { HealingAttempt, HealingCase, PlanRecord } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';
import type { ForeignChange } from '../healing-context.ts';
import type { Candidate } from '../remedies/candidate.ts';
import type { Storm } from './storm.ts';

/** What a case is told to do now, and why, in a sentence for people. */
export type Verdict =
  | { readonly kind: 'try' }
  | { readonly kind: 'wait'; readonly until: number; readonly reason: string }
  /** People have to know; nothing more happens by itself. */
  | { readonly kind: 'escalate'; readonly reason: string }
  | { readonly kind: 'leave'; readonly reason: string };

/** All that is looked at before an attempt. */
export interface AttemptFacts {
  readonly healingCase: HealingCase;
  readonly candidate: Candidate;
  readonly autonomy: Autonomy;
  /** The cases of this cluster, resolved ones included. */
  readonly cases: readonly HealingCase[];
  readonly isFrozen: boolean;
  /** The storm that holds this case up. */
  readonly storm?: Storm | undefined;
  /** Open plans, and those that ended lately. */
  readonly plans: readonly PlanRecord[];
  /** Who changed back what our last attempt had changed; absent: not asked yet. */
  readonly foreignChanges?: readonly ForeignChange[];
  readonly now: number;
}

/** One reason not to try; undefined: nothing against it. Pure. */
export type Rule = (facts: AttemptFacts) => Exclude<Verdict, { kind: 'try' }> | undefined;

/** The window in which attempts, relapses and reverts count. */
export const WINDOW_MS = 24 * 60 * 60_000;

/** Whether what happened at this time still counts. */
export function isInWindow(at: number, now: number): boolean {
  return at > now - WINDOW_MS;
}

/** The attempts that the budget counts. */
export function attemptsInWindow(
  { attempts }: Pick<HealingCase, 'attempts'>,
  now: number,
): readonly HealingAttempt[] {
  return attempts.filter(({ startedAt }) => isInWindow(startedAt, now));
}
