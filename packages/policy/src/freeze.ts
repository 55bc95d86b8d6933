import type { FreezeState, Principal } from '@jamie/core';

/** Who may stop all changes, and who may let them go again. */
export interface FreezeRule {
  /** Teams of the principals file whose people may stop all changes; absent: everybody who is known. */
  readonly teams?: readonly string[] | undefined;
  /** Teams whose people may let them go again; absent: those who may stop them. */
  readonly thawTeams?: readonly string[] | undefined;
}

export type FreezeDecision =
  | { readonly kind: 'allow' }
  | {
      readonly kind: 'refuse';
      readonly reason: 'other_team' | 'automation';
      /** Says who can. */
      readonly message: string;
    };

/**
 * Decides whether somebody may stop all changes, or let them go again. Pure. To stop is safe, so that everybody may
 * unless the rule names teams. To let go starts what was held: whoever stopped it may, and the people of the teams that
 * the rule names. A product that healed itself could let go what a person has stopped, so that no automation may.
 */
export function decideFreeze(
  state: FreezeState,
  frozen: boolean,
  by: Principal,
  rule: FreezeRule | undefined,
): FreezeDecision {
  if (frozen) {
    if (rule?.teams === undefined || isOf(by, rule.teams)) return { kind: 'allow' };
    return { kind: 'refuse', reason: 'other_team', message: `Only people in ${oneOf(rule.teams)} may.` };
  }
  const message = describeThaw(state, rule);
  if (by.source === 'automation') return { kind: 'refuse', reason: 'automation', message };
  const teams = thawTeamsOf(rule);
  if (teams === undefined || by.id === state.by?.id || isOf(by, teams)) return { kind: 'allow' };
  return { kind: 'refuse', reason: 'other_team', message };
}

/** Who may let changes go again, as a sentence. Pure. */
export function describeThaw(state: FreezeState, rule: FreezeRule | undefined): string {
  const teams = thawTeamsOf(rule);
  if (teams === undefined) return 'Everybody who is known here may lift it.';
  const first = state.by === undefined ? 'People' : `${state.by.displayName}, who froze them, and people`;
  return `${first} in ${oneOf(teams)} may lift it.`;
}

function thawTeamsOf(rule: FreezeRule | undefined): readonly string[] | undefined {
  return rule?.thawTeams ?? rule?.teams;
}

function isOf({ teams = [] }: Principal, named: readonly string[]): boolean {
  return teams.some((team) => named.includes(team));
}

function oneOf(teams: readonly string[]): string {
  return teams.join(' or ');
}
