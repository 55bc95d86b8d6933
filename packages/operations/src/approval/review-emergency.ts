import type { PlanId, PlanRecord, Principal } from '@jamie/core';
import { redactSecrets } from '@jamie/core';
import { isSamePerson } from '@jamie/policy';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';

/** A review shorter than this says nothing that anybody could learn from. */
const SHORTEST_REVIEW = 20;
const ROUNDS = 10;

export type ReviewResult =
  | { readonly kind: 'reviewed'; readonly record: PlanRecord }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Records the review of an emergency start, once. Whoever broke the glass writes it, or one of the owners who were told;
 * that it was written is what lets them break it again. Throws not_found.
 */
export async function reviewEmergency(
  context: OperationsContext,
  planId: PlanId,
  by: Principal,
  words: string,
): Promise<ReviewResult> {
  const text = redactSecrets(words.trim());
  for (let round = 0; round < ROUNDS; round += 1) {
    const record = await getPlan(context, planId);
    const message = refusal(context, record, by, text);
    if (message !== undefined) return { kind: 'refused', message };
    const moved = await movePlan(context, record, {
      event: { kind: 'reviewed', by, text },
      actor: by.id,
      details: { text },
    });
    if (moved.kind === 'moved') return { kind: 'reviewed', record: moved.record };
  }
  return { kind: 'refused', message: 'The plan keeps moving. Write the review again in a minute.' };
}

function refusal(
  { policy }: OperationsContext,
  { plan, breakGlass }: PlanRecord,
  by: Principal,
  text: string,
): string | undefined {
  if (breakGlass === undefined) return `Nobody broke the glass for ${plan.id}; it needs no review.`;
  if (breakGlass.review !== undefined) {
    return `${breakGlass.review.by.displayName} has written the review of ${plan.id} already.`;
  }
  const owners = policy.current().breakGlass?.owners ?? [];
  if (!isSamePerson(by, breakGlass.by) && !owners.includes(by.id)) {
    return `${breakGlass.by.displayName} broke the glass for ${plan.id}: they write the review, or one of the owners who were told.`;
  }
  if (text.length < SHORTEST_REVIEW) {
    return `A review says what happened, why it could not wait, and what to change: review ${plan.id} …`;
  }
  return undefined;
}
