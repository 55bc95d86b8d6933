import type { BreakGlass, MessageId, PlanRecord } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { messageOwners } from './page-owners.ts';
import { listUnreviewed } from './unreviewed-starts.ts';

/**
 * Tells the owners, once, of every emergency start whose review is overdue. The message's id follows from the plan, so
 * that of several processes one tells them. Returns how many were told of. Fails like the store.
 */
export async function remindOfReviews(context: OperationsContext): Promise<number> {
  let told = 0;
  for (const record of await listUnreviewed(context)) {
    const { breakGlass } = record;
    if (breakGlass === undefined || context.clock.now() < breakGlass.reviewDueAt) continue;
    if (await remind(context, record, breakGlass)) told += 1;
  }
  return told;
}

/** False where they were told before, or nobody can be. */
async function remind(
  context: OperationsContext,
  record: PlanRecord,
  { by, reviewDueAt }: BreakGlass,
): Promise<boolean> {
  const { plan } = record;
  const { store, policy, clock } = context;
  const at = clock.now();
  const owners = policy.current().breakGlass?.owners ?? [];
  const idFor = (index: number) => `message_review_${plan.id}_${index}` as MessageId;
  const known = await Promise.all(owners.map((_owner, index) => store.findMessage(idFor(index))));
  if (known.some((message) => message !== undefined)) return false;
  const messages = await messageOwners(context, record, owners, {
    headline: `The review of an emergency start is overdue: ${plan.headline}`,
    lines: [
      `${by.displayName} broke the glass, and a review was due by ${new Date(reviewDueAt).toISOString()}.`,
      `They or you write it: review ${plan.id} what happened and why.`,
    ],
    at,
    idFor,
  });
  if (messages.length === 0) return false;
  const entry = {
    at,
    kind: 'break_glass.overdue',
    actor: 'system',
    correlationId: plan.correlationId,
    planId: plan.id,
    details: { owners },
  } as const;
  const result = await store.commit([...messages, { kind: 'audit.append', entry }]);
  return result.kind === 'committed';
}
