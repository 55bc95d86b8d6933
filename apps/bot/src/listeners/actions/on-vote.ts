import type { Ballot } from '@jamie/core';
import type { BlockAction } from '@slack/bolt';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';
import { readPlanClick } from '../plans/read-plan-click.ts';
import { tellRefusal } from '../plans/tell-refusal.ts';
import type { Clicker } from './find-clicker.ts';

/** A vote for a plan, by the button of its card. */
export async function onApproveClick(
  context: ListenerContext,
  body: BlockAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const clicked = await readPlanClick(context, body);
  if (clicked === undefined) return;
  await castClickedVote(context, clicked.clicker, { ...clicked.action, decision: 'approve' }, ticket);
}

/** Casts a vote, and tells the voter when it does not count. */
export async function castClickedVote(
  context: ListenerContext,
  clicker: Clicker,
  vote: Omit<Ballot, 'principal' | 'inboxId'>,
  ticket: DeliveryTicket,
): Promise<void> {
  const result = await context.desk.vote({ ...vote, principal: clicker.principal, inboxId: ticket.id });
  // What was refused changed nothing, so there was no commit that could have finished the delivery.
  if (result.kind === 'refused') return tellRefusal(context, clicker, vote.planId, result.message);
  ticket.isHandedOver = true;
}
