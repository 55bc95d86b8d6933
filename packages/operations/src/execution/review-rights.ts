import type { Plan, PlanRecord, Step, Vote } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { accessOf } from '../planning/access.ts';
import { type Involved, reviewPeople } from './review-people.ts';

/**
 * Looks again, right before something is sent, at the requester and everybody who approved: whether they are still who
 * they were, and whether the cluster's authoriser still lets them do these steps. Returns why the plan must not go on,
 * or undefined.
 */
export async function reviewRights(
  context: OperationsContext,
  record: PlanRecord,
  votes: readonly Vote[],
  steps: readonly Step[],
): Promise<string | undefined> {
  const { plan } = record;
  const approvals = votes.filter((vote) => vote.decision === 'approve');
  const voters = approvals.map((vote) => ({ person: vote.principal }));
  const approvers = approversOf(context, record, approvals);
  const involved = eachOnce([{ person: plan.requester }, ...approvers]);
  // Asked at the same time: neither needs the other, and where somebody is unknown the cluster's answer is not heard.
  const lostRight = findLostRight(context, plan, steps, involved);
  lostRight.catch(() => undefined);
  // Of several entries for one person the last stays, which says in which teams they have to be.
  const unknown = await reviewPeople(
    context,
    eachOnce([{ person: plan.requester }, ...voters, ...approvers]),
  );
  return unknown ?? lostRight;
}

async function findLostRight(
  context: OperationsContext,
  plan: Plan,
  steps: readonly Step[],
  involved: readonly Involved[],
): Promise<string | undefined> {
  const { reader } = context.clusters.connect(plan.cluster);
  // The steps one after the other: a drain may have as many as a node has pods.
  for (const step of steps) {
    const access = accessOf(step.request);
    const answers = await Promise.all(
      involved.map(async ({ person }) => ({
        person,
        ...(await reader.reviewAccess(person.kubernetes, access)),
      })),
    );
    const refused = answers.find(({ allowed }) => !allowed);
    if (refused !== undefined)
      return `${refused.person.displayName} may no longer make this change on ${plan.cluster}.`;
  }
  return undefined;
}

/** Those on whose approval a plan starts: in an emergency whoever broke the glass, too, whatever they had voted before. */
function approversOf(
  { policy }: OperationsContext,
  { plan, approval, breakGlass }: PlanRecord,
  approvals: readonly Vote[],
): readonly Involved[] {
  const { basis } = approval?.statement ?? {};
  const fromTeams = basis === 'quorum' ? plan.risk.quorum.fromTeams : undefined;
  // Whoever stands in for somebody gives that person's approval: it is their rights that have to hold.
  const seats = approvals.map((vote) => ({ person: vote.onBehalfOf ?? vote.principal, fromTeams }));
  if (basis !== 'break_glass' || breakGlass === undefined) return seats;
  return [...seats, { person: breakGlass.by, fromTeams: policy.current().breakGlass?.teams }];
}

function eachOnce(involved: readonly Involved[]): readonly Involved[] {
  return [...new Map(involved.map((each) => [each.person.id, each])).values()];
}
