import type { Message, PlanRecord, Proposal, ShownLinks, Store } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { linkToCard } from './card-link.ts';

/** How long before a plan the answer may stand that proposed it. */
const PROPOSED_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** Where else in Slack to look from this message; undefined when there is nowhere. `record`: the plan that it shows. */
export async function shownLinks(
  store: Store,
  message: Message,
  record: PlanRecord | undefined,
): Promise<ShownLinks | undefined> {
  const about = message.body.kind === 'reply' ? message.body.reply.about : undefined;
  const card = about && (await linkToCard(store, about));
  const diagnosis = record && (await linkToProposal(store, record));
  if (card === undefined && diagnosis === undefined) return undefined;
  return { ...(card !== undefined && { card }), ...(diagnosis !== undefined && { diagnosis }) };
}

/** The newest answer before a plan, in the same conversation, that proposed exactly its operation. */
async function linkToProposal(store: Store, { plan }: PlanRecord): Promise<string | undefined> {
  const operation = canonicalJson(plan.operation);
  const since = plan.createdAt - PROPOSED_WITHIN_MS;
  const messages = await store.listMessages(plan.conversationId, since);
  const proposes = (proposal: Proposal) =>
    proposal.operation !== undefined && canonicalJson(proposal.operation) === operation;
  return messages.findLast(
    ({ at, body }) => at <= plan.createdAt && body.kind === 'reply' && body.reply.proposals.some(proposes),
  )?.slack?.permalink;
}
