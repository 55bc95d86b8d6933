import { PLAN_ACTIONS, parsePlanAction } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';
import { findClicker } from './find-clicker.ts';
import { OLD_BUTTON } from './old-button.ts';
import { readClick } from './read-click.ts';

/** A vote on a plan, by a button of its card. */
export async function onVote(
  context: ListenerContext,
  body: BlockAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const click = readClick(body);
  if (click === undefined) return;
  const clicker = await findClicker(context, click);
  if (clicker === undefined) return;
  const clicked = parsePlanAction(click.value);
  if (clicked === undefined) return tellPrivately(clicker.workspace.client, clicker.recipient, OLD_BUTTON);
  const result = await context.desk.vote({
    ...clicked,
    principal: clicker.principal,
    decision: click.actionId === PLAN_ACTIONS.approve ? 'approve' : 'deny',
    inboxId: ticket.id,
  });
  // What was refused changed nothing, so there was no commit that could have finished the delivery.
  if (result.kind === 'refused')
    return tellPrivately(clicker.workspace.client, clicker.recipient, result.message);
  ticket.isHandedOver = true;
}
