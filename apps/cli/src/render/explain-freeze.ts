import type { FreezeState, Principal } from '@jamie/core';
import { decideFreeze, type FreezeRule } from '@jamie/policy';

/** Who asks, as far as the rules of a freeze look at somebody. */
export interface FreezeAsker {
  readonly user: string;
  readonly teams: readonly string[];
}

/** Whether somebody may stop all changes, or let them go again after somebody else stopped them. Plain text. */
export function explainFreeze(
  version: string,
  frozen: boolean,
  { user, teams }: FreezeAsker,
  rule: FreezeRule | undefined,
): string {
  const by: Principal = {
    id: user,
    displayName: user,
    kubernetes: { user, groups: [] },
    teams,
    source: 'slack',
  };
  const state: FreezeState = { frozen: !frozen, reason: '', at: 0, version: 0 };
  const decision = decideFreeze(state, frozen, by, rule);
  const who =
    rule === undefined
      ? 'The policy names nobody: everybody who is known may.'
      : 'Whoever froze all changes may always lift it.';
  const answer = decision.kind === 'allow' ? 'Allowed.' : `Refused by freeze: ${decision.message}`;
  return [`Policy ${version}`, answer, ...(frozen && rule !== undefined ? [] : [who]), ''].join('\n');
}
