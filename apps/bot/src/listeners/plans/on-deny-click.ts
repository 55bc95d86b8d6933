import { renderDenyPlanModal } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { openModal } from '../../answers/open-modal.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { castClickedVote } from '../actions/on-vote.ts';
import type { ListenerContext } from '../listener-context.ts';
import { readPlanClick } from './read-plan-click.ts';

/** Asks for a reason before a plan is denied. Where there is nothing to deny any more, says so instead. */
export async function onDenyClick(
  context: ListenerContext,
  body: BlockAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const clicked = await readPlanClick(context, body);
  if (clicked === undefined) return;
  const { click, clicker, action } = clicked;
  const card = await context.desk.readCard(action.planId);
  // A vote that cannot count is refused with the reason, and recorded like every other.
  if (card.status !== 'awaiting_approval' || card.planHash !== action.planHash) {
    return castClickedVote(context, clicker, { ...action, decision: 'deny' }, ticket);
  }
  const place = { channelId: click.channelId, threadTs: click.threadTs };
  const view = renderDenyPlanModal(card, place);
  const outcome = await openModal(clicker.workspace.client, click.triggerId, view);
  if (outcome === 'opened') return;
  const typed = `/jamie deny ${action.planId} and your reason`;
  const told = `I could not ask you for a reason in time, so nothing was denied. Click Deny again, or type ${typed}.`;
  await tellPrivately(clicker.workspace.client, clicker.recipient, told);
}
