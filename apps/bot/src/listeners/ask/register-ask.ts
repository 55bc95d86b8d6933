import { ASK_FIELDS, ASK_MODAL, deliveryTeamOf, readSubmission } from '@jamie/slack';
import type { App, BlockAction, MessageShortcut } from '@slack/bolt';
import { ticketOf } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';
import { onAskSubmission } from './on-ask-submission.ts';
import { onPlaceChosen } from './on-place-chosen.ts';
import { openAsk } from './open-ask.ts';
import { readMessageText } from './read-message-text.ts';

/** The callback id of "Ask Jamie about this"; deploy/slack/manifest.json offers the same. */
export const ASK_SHORTCUT = 'ask_about_message';

/** The form with which somebody asks, from the menu of a message too. */
export function registerAsk(app: App, context: ListenerContext): void {
  app.shortcut<MessageShortcut>(
    { callback_id: ASK_SHORTCUT, type: 'message_action' },
    async ({ shortcut, context: given }) => {
      ticketOf(given);
      await onShortcut(context, shortcut);
    },
  );
  for (const actionId of [ASK_FIELDS.cluster, ASK_FIELDS.namespace]) {
    app.action<BlockAction>(
      { type: 'block_actions', action_id: actionId },
      async ({ body, context: given }) => {
        ticketOf(given);
        await onPlaceChosen(context, body);
      },
    );
  }
  app.view({ type: 'view_submission', callback_id: ASK_MODAL }, async ({ body, context: given }) => {
    const ticket = ticketOf(given);
    const submission = readSubmission({ ...body });
    if (submission !== undefined) await onAskSubmission(context, submission, ticket);
  });
}

async function onShortcut(context: ListenerContext, shortcut: MessageShortcut): Promise<void> {
  const workspace = await context.workspaces.find(deliveryTeamOf({ ...shortcut }));
  const { user, channel, message, trigger_id: triggerId } = shortcut;
  const threadTs = typeof message['thread_ts'] === 'string' ? message['thread_ts'] : shortcut.message_ts;
  await openAsk(context, workspace, {
    person: { teamId: user.team_id ?? shortcut.team?.id ?? '', userId: user.id },
    triggerId,
    origin: { kind: 'thread', channelId: channel.id, threadTs },
    about: readMessageText(message, workspace.botUserId),
  });
}
