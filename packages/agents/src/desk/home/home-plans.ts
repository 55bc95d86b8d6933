import type { HomePlan, HomeSummary, PlanRecord, Principal } from '@jamie/core';
import { OPEN_PLAN_STATUSES } from '@jamie/core';
import { toPlanCard } from '@jamie/operations';
import type { AgentsContext } from '../../agents-context.ts';
import { linkToCard } from '../card-link.ts';

export type HomePlans = Pick<HomeSummary, 'waiting' | 'moreWaiting' | 'own' | 'moreOwn'> & {
  /** How many waiting plans could not be judged. */
  readonly unjudged: number;
};

export const NO_PLANS: HomePlans = { waiting: [], moreWaiting: 0, own: [], moreOwn: 0, unjudged: 0 };

/** Most open plans that are looked at. */
const READ_PLANS = 200;
const SHOWN_WAITING = 10;
const SHOWN_OWN = 5;

/** The plans that wait for this person, and those that they asked for and that are not over. */
export async function readHomePlans(context: AgentsContext, person: Principal): Promise<HomePlans> {
  const [decidable, open] = await Promise.all([
    context.operations.listDecidable(person),
    context.store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: READ_PLANS }),
  ]);
  const waiting = decidable.records;
  const isWaiting = new Set(waiting.map(({ plan }) => plan.id));
  const own = open.filter(({ plan }) => plan.requester.id === person.id && !isWaiting.has(plan.id));
  return {
    waiting: await showAll(context, waiting.slice(0, SHOWN_WAITING)),
    moreWaiting: Math.max(0, waiting.length - SHOWN_WAITING),
    own: await showAll(context, own.slice(0, SHOWN_OWN)),
    moreOwn: Math.max(0, own.length - SHOWN_OWN),
    unjudged: decidable.unjudged,
  };
}

function showAll(context: AgentsContext, records: readonly PlanRecord[]): Promise<readonly HomePlan[]> {
  return Promise.all(records.map((record) => show(context, record)));
}

async function show({ store }: AgentsContext, record: PlanRecord): Promise<HomePlan> {
  const { plan } = record;
  const [votes, link] = await Promise.all([store.listVotes(plan.id), linkToCard(store, plan.id)]);
  return {
    card: toPlanCard(record, votes),
    cluster: plan.cluster,
    askedBy: plan.requester.displayName,
    askedAt: plan.createdAt,
    expiresAt: plan.expiresAt,
    ...(link !== undefined && { link }),
  };
}
