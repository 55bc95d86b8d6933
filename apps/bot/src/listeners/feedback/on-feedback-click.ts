import type { MessageId } from '@jamie/core';
import { parseFeedbackValue, renderFeedbackModal } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { openModal } from '../../answers/open-modal.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { type Clicker, findClicker } from '../actions/find-clicker.ts';
import { OLD_CHOICE } from '../actions/old-button.ts';
import { type Click, readClick } from '../actions/read-click.ts';
import type { ListenerContext } from '../listener-context.ts';

/**
 * Notes what somebody thinks of an answer. When it did not help they are asked why; their verdict counts whether or not
 * they say more.
 */
export async function onFeedbackClick(
  context: ListenerContext,
  body: BlockAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const click = readClick(body);
  if (click === undefined) return;
  const clicker = await findClicker(context, click);
  if (clicker === undefined) return;
  const { principal, workspace, recipient } = clicker;
  const given = parseFeedbackValue(click.value);
  if (given === undefined) return tellPrivately(workspace.client, recipient, OLD_CHOICE);
  // Slack opens a modal only within three seconds of the click, so that comes first.
  const isAsked = given.verdict === 'not_helpful' && (await askWhy(clicker, click, given.messageId));
  const result = await context.desk.recordFeedback({ ...given, principal, inboxId: ticket.id });
  ticket.isHandedOver = result.kind !== 'unknown';
  // An open modal is answer enough, unless there is nothing that it could be about.
  if (!isAsked || result.kind === 'unknown') await tellPrivately(workspace.client, recipient, result.message);
}

async function askWhy({ workspace }: Clicker, click: Click, messageId: MessageId): Promise<boolean> {
  const place = { channelId: click.channelId, threadTs: click.threadTs };
  const view = renderFeedbackModal({ messageId, place });
  return (await openModal(workspace.client, click.triggerId, view)) === 'opened';
}
