import { isOpsError } from '@jamie/core';
import { deliveryTeamOf, type SlackWorkspace } from '@jamie/slack';
import type { App, SlashCommand } from '@slack/bolt';
import { postAsked } from '../../answers/post-asked.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import { openAsk } from '../ask/open-ask.ts';
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
  if (/^\s*ask\s*$/iu.test(command.text ?? '')) return openAskOf(context, workspace, command);
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
    const words = `${command.command} ${command.text ?? ''}`;
    threadTs = await postAsked(
      client,
      { principal: verdict.principal, channelId: command.channel_id, words },
      ticket,
    );
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

/** `/jamie ask` without a question asks with a form. */
function openAskOf(
  context: ListenerContext,
  workspace: SlackWorkspace,
  command: SlashCommand,
): Promise<void> {
  const { team_id: teamId, user_id: userId, channel_id: channelId, trigger_id: triggerId } = command;
  const origin = { kind: 'direct', channelId } as const;
  return openAsk(context, workspace, { person: { teamId, userId }, triggerId, origin });
}
