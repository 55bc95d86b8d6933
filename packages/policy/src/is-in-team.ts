import type { Principal } from '@jamie/core';

/** Whether somebody is in one of these teams of the principals file. Pure. */
export function isInTeam({ teams = [] }: Pick<Principal, 'teams'>, wanted: readonly string[]): boolean {
  return teams.some((team) => wanted.includes(team));
}
