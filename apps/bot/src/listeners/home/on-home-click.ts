import { HOME_ACTIONS, parsePlanAction, renderDenyPlanModal } from '@jamie/slack';
import { openDirectChannel } from '../../answers/direct-channel.ts';
import { openModal } from '../../answers/open-modal.ts';
import { postAsked } from '../../answers/post-asked.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { OLD_BUTTON } from '../actions/old-button.ts';
import type { RecentClicks } from '../actions/recent-clicks.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { HomeVisitor } from './home-tabs.ts';
import type { ViewClick } from './read-view-click.ts';

/** A click of somebody whom we know, on their Home tab. */
export interface HomeClick {
  readonly click: ViewClick;
  readonly visitor: HomeVisitor;
}

/** A vote for a plan: it counts exactly as on the card, for the plan as it was shown. */
export async function onHomeVote(
  context: ListenerContext,
  { click, visitor }: HomeClick,
  ticket: DeliveryTicket,
): Promise<void> {
  const action = parsePlanAction(click.value);
  if (action === undefined) return context.homes.refresh(visitor, OLD_BUTTON);
  if (click.actionId === HOME_ACTIONS.deny && (await askForReason(context, { click, visitor }))) return;
  const decision = click.actionId === HOME_ACTIONS.approve ? 'approve' : 'deny';
  const result = await context.desk.vote({
    ...action,
    decision,
    principal: visitor.principal,
    inboxId: ticket.id,
  });
  // What was refused changed nothing, so there was no commit that could have finished the delivery.
  ticket.isHandedOver = result.kind === 'counted';
  context.homes.refresh(visitor, result.message);
}

/** Whether the person is being asked why; the vote comes with the form. What cannot be denied any more is refused at once. */
async function askForReason(
  { desk, homes }: ListenerContext,
  { click, visitor }: HomeClick,
): Promise<boolean> {
  const action = parsePlanAction(click.value);
  if (action === undefined) return false;
  const card = await desk.readCard(action.planId);
  if (card.status !== 'awaiting_approval' || card.planHash !== action.planHash) return false;
  const view = renderDenyPlanModal(card);
  if ((await openModal(visitor.workspace.client, click.triggerId, view)) === 'too_late') {
    homes.refresh(
      visitor,
      'I could not ask you for a reason in time, so nothing was denied. Click Deny again.',
    );
  }
  return true;
}

/** Something to ask, as if it had been typed: the answer comes as a direct message. */
export async function onHomeCommand(
  context: ListenerContext,
  clicks: RecentClicks,
  { click, visitor }: HomeClick,
  ticket: DeliveryTicket,
): Promise<void> {
  const { workspace, principal, person } = visitor;
  if (click.value === '') return context.homes.refresh(visitor, OLD_BUTTON);
  const first = clicks.standsFor({ ...click, channelId: click.viewId, messageTs: '' }, ticket.id);
  // The second click of a double click asks for the same; its line must not stand there twice.
  if (first !== ticket.id) return;
  const channelId = await openDirectChannel(workspace.client, person.userId);
  const words = `/jamie ${click.value}`;
  const threadTs = await postAsked(workspace.client, { principal, channelId, words }, ticket);
  await context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal,
    slackPerson: person,
    place: { surface: 'slack', teamId: workspace.teamId, channelId, threadTs },
    form: 'command',
    text: click.value,
  });
  ticket.isHandedOver = true;
  context.homes.refresh(visitor, 'I answer in our direct messages.');
}
