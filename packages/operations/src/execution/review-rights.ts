import type { PlanRecord, Principal, Step, Vote } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { accessOf } from '../planning/access.ts';
import { reviewPeople } from './review-people.ts';

/**
 * Looks again, right before something is sent, at the requester and everybody who approved: whether they are still who
 * they were, and whether the cluster's authoriser still lets them do these steps. Returns why the plan must not go on,
 * or undefined.
 */
export async function reviewRights(
  context: OperationsContext,
  { plan }: PlanRecord,
  votes: readonly Vote[],
  steps: readonly Step[],
): Promise<string | undefined> {
  const approvals = votes.filter((vote) => vote.decision === 'approve');
  const voters = approvals.map((vote) => vote.principal);
  // Whoever stands in for somebody gives that person's approval: it is their rights that have to hold.
  const approvers = approvals.map((vote) => vote.onBehalfOf ?? vote.principal);
  const unknown = await reviewPeople(context, eachOnce([plan.requester, ...voters, ...approvers]));
  if (unknown !== undefined) return unknown;
  const { reader } = context.clusters.connect(plan.cluster);
  const involved = eachOnce([plan.requester, ...approvers]);
  // The steps one after the other: a drain may have as many as a node has pods.
  for (const step of steps) {
    const access = accessOf(step.request);
    const answers = await Promise.all(
      involved.map(async (person) => ({ person, ...(await reader.reviewAccess(person.kubernetes, access)) })),
    );
    const refused = answers.find(({ allowed }) => !allowed);
    if (refused !== undefined)
      return `${refused.person.displayName} may no longer make this change on ${plan.cluster}.`;
  }
  return undefined;
}

function eachOnce(people: readonly Principal[]): readonly Principal[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
