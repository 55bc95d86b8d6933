import type { BlockAction } from '@slack/bolt';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import type { ListenerContext } from '../listener-context.ts';
import { findClicker } from './find-clicker.ts';
import { findCommand } from './find-command.ts';
import { readClick } from './read-click.ts';
import type { RecentClicks } from './recent-clicks.ts';

/** A click that asks for something: handed in as the person who clicked, in the conversation of the message. */
export async function onCommandClick(
  context: ListenerContext,
  clicks: RecentClicks,
  body: BlockAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const click = readClick(body);
  if (click === undefined) return;
  const clicker = await findClicker(context, click);
  if (clicker === undefined) return;
  const { principal, recipient, workspace } = clicker;
  if (await context.channels.isShared(click.channelId, workspace)) {
    return tellPrivately(workspace.client, recipient, SHARED_CHANNEL_REFUSAL);
  }
  const command = await findCommand(context.desk, click);
  if (command.kind === 'stale') return tellPrivately(workspace.client, recipient, command.message);
  await context.desk.submit({
    idempotencyKey: clicks.standsFor(click, ticket.id),
    inboxId: ticket.id,
    principal,
    slackPerson: { teamId: click.teamId, userId: click.userId },
    place: {
      surface: 'slack',
      teamId: workspace.teamId,
      channelId: click.channelId,
      threadTs: click.threadTs,
    },
    form: 'command',
    text: command.text,
  });
  ticket.isHandedOver = true;
}
