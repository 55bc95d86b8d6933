import { isOpsError, type Principal } from '@jamie/core';
import { bold, codeSpan, deliveryTeamOf, findMarked, messageMark, translateSlackError } from '@jamie/slack';
import type { App, SlashCommand } from '@slack/bolt';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import type { SlackClient } from '../../people/identify-person.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import type { ListenerContext } from '../listener-context.ts';
import { readSlackText } from '../read-slack-text.ts';

/** What people type; deploy/slack/manifest.json offers the same. */
export const SLASH_COMMANDS = ['/jamie', '/scarlet'] as const;

/**
 * Slash commands. A command leaves no message of its own in Slack, so we post one that says who asked what; it is
 * the root of the thread in which the answer appears, and the person's next words there need no mention.
 */
export function registerCommands(app: App, context: ListenerContext): void {
  for (const name of SLASH_COMMANDS) {
    app.command(name, ({ command, context: given }) => onCommand(context, command, ticketOf(given)));
  }
}

async function onCommand(
  context: ListenerContext,
  command: SlashCommand,
  ticket: DeliveryTicket,
): Promise<void> {
  const workspace = await context.workspaces.find(deliveryTeamOf({ ...command }));
  const { client } = workspace;
  const person = { teamId: command.team_id, userId: command.user_id };
  const recipient = { channelId: command.channel_id, userId: command.user_id };
  const verdict = await context.people.identify(person, workspace);
  if (verdict.kind === 'refused') return tellPrivately(client, recipient, verdict.message);
  if (await context.channels.isShared(command.channel_id, workspace)) {
    return tellPrivately(client, recipient, SHARED_CHANNEL_REFUSAL);
  }
  const text = readSlackText(command.text ?? '', workspace.botUserId);
  let threadTs: string;
  try {
    threadTs = await openThread(client, command, verdict.principal, ticket);
  } catch (error) {
    // Retrying cannot help where we may not write; the person can.
    if (!isOpsError(error) || error.retryable || error.userMessage === undefined) throw error;
    return tellPrivately(client, recipient, error.userMessage);
  }
  await context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal: verdict.principal,
    slackPerson: person,
    place: { surface: 'slack', teamId: workspace.teamId, channelId: command.channel_id, threadTs },
    form: 'command',
    text: text === '' ? 'help' : text,
  });
  ticket.isHandedOver = true;
}

async function openThread(
  client: SlackClient,
  command: SlashCommand,
  principal: Principal,
  ticket: DeliveryTicket,
): Promise<string> {
  const key = `root:${ticket.id}`;
  if (ticket.isRepeat) {
    const found = await findMarked(client, { channelId: command.channel_id, threadTs: '', key, since: 0 });
    if (found !== undefined) return found;
  }
  const asked = codeSpan(`${command.command} ${command.text ?? ''}`.trim().slice(0, 1_000));
  try {
    const posted = await client.chat.postMessage({
      channel: command.channel_id,
      text: `${bold(principal.displayName)} asked ${asked}`,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      metadata: messageMark(key),
    });
    return posted.ts ?? '';
  } catch (error) {
    throw translateSlackError(error, 'chat.postMessage');
  }
}
