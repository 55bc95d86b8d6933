import type { HealingCase, Principal } from '@jamie/core';

/**
 * The case as it is once a person has closed it. Its attempts still count for their day; relapses and reverts are
 * forgotten. Where the fault stays and the budget is used up, it waits for the budget instead of telling people again.
 */
export function closeCase(healingCase: HealingCase, by: Principal, why: string): HealingCase {
  const { goneSince: _gone, storm: _storm, ...rest } = healingCase;
  const because = why.trim() === '' ? '' : ` because ${why.trim()}`;
  return {
    ...rest,
    status: 'resolved',
    reason: `${by.displayName} closed it${because}.`,
    relapses: [],
    reverts: [],
    version: healingCase.version + 1,
  };
}
