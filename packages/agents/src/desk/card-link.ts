import type { PlanId, Store } from '@jamie/core';
import { cardIdOf } from '@jamie/operations';

/** Longest chain of plans, each in the place of the one before. */
const MAX_REPLACEMENTS = 20;

/** Where Slack shows the card of a plan. */
export async function linkToCard(store: Store, planId: PlanId): Promise<string | undefined> {
  return (await store.findMessage(cardIdOf(planId)))?.slack?.permalink;
}

/** Where Slack shows the card on which there is something to decide: of this plan, or of the newest in its place. */
export async function linkToNewestCard(store: Store, planId: PlanId): Promise<string | undefined> {
  let newest = planId;
  for (let count = 0; count < MAX_REPLACEMENTS; count += 1) {
    const next = (await store.findPlan(newest))?.replacedBy;
    if (next === undefined) break;
    newest = next;
  }
  return linkToCard(store, newest);
}
