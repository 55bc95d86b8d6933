import type { HealingCase } from '@jamie/core';
import { isInWindow } from '../rules/verdict.ts';

/** Drops what no rule counts any more; the last attempt stays for people. */
export function keepWindow(
  { attempts, relapses, reverts }: Pick<HealingCase, 'attempts' | 'relapses' | 'reverts'>,
  now: number,
): Pick<HealingCase, 'attempts' | 'relapses' | 'reverts'> {
  const isRecent = (at: number) => isInWindow(at, now);
  return {
    attempts: attempts.filter(
      ({ startedAt, endedAt }, index) => isRecent(endedAt ?? startedAt) || index === attempts.length - 1,
    ),
    relapses: relapses.filter(isRecent),
    reverts: reverts.filter(isRecent),
  };
}
