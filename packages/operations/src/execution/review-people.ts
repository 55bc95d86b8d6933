import type { KubernetesIdentity, Principal } from '@jamie/core';
import { isInTeam } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';

/** Somebody on whose word a plan rests. */
export interface Involved {
  readonly person: Principal;
  /** Their word counts only as long as they are in one of these teams; absent: whatever their teams are. */
  readonly fromTeams?: readonly string[] | undefined;
}

/**
 * Whether the requester and everybody who approved are still who they were, and in the teams that made their approval
 * count, right before the start. Returns why the plan must not start, or undefined. Throws what may go away by itself,
 * and then the plan waits.
 */
export async function reviewPeople(
  { people }: OperationsContext,
  involved: readonly Involved[],
): Promise<string | undefined> {
  const answers = await Promise.all(
    involved.map(async (each) => ({ ...each, answer: await people.confirm(each.person, 'execution') })),
  );
  for (const { person, fromTeams, answer } of answers) {
    if (answer.kind === 'refused') {
      return `${person.displayName} is not known any more, so this plan does not go on.`;
    }
    if (!hasSameRights(answer.principal.kubernetes, person.kubernetes)) {
      return `${person.displayName} was given other rights since, so this plan does not go on. Ask for it again.`;
    }
    if (fromTeams !== undefined && !isInTeam(answer.principal, fromTeams)) {
      return `${person.displayName} is not in ${fromTeams.join(' or ')} any more, so this plan does not go on. Ask for it again.`;
    }
  }
  return undefined;
}

/** The order of groups, and one that is named twice, say nothing about rights: a directory may give them otherwise. */
function hasSameRights(now: KubernetesIdentity, then: KubernetesIdentity): boolean {
  const groups = new Set(now.groups);
  return (
    now.user === then.user &&
    groups.size === new Set(then.groups).size &&
    then.groups.every((group) => groups.has(group))
  );
}
