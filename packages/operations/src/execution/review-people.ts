import type { KubernetesIdentity, Principal } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

/**
 * Whether the requester and everybody who approved are still who they were, right before the start. Returns why the
 * plan must not start, or undefined. Throws what may go away by itself, and then the plan waits.
 */
export async function reviewPeople(
  { people }: OperationsContext,
  involved: readonly Principal[],
): Promise<string | undefined> {
  const answers = await Promise.all(
    involved.map(async (person) => ({ person, answer: await people.confirm(person, 'execution') })),
  );
  for (const { person, answer } of answers) {
    if (answer.kind === 'refused') {
      return `${person.displayName} is not known any more, so this plan does not go on.`;
    }
    if (!isSameIdentity(answer.principal.kubernetes, person.kubernetes)) {
      return `${person.displayName} was given other rights since, so this plan does not go on. Ask for it again.`;
    }
  }
  return undefined;
}

function isSameIdentity(now: KubernetesIdentity, then: KubernetesIdentity): boolean {
  const groups = new Set(now.groups);
  return (
    now.user === then.user &&
    groups.size === new Set(then.groups).size &&
    then.groups.every((group) => groups.has(group))
  );
}
