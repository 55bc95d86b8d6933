import {
  deliveryTeamOf,
  type ModalSubmission,
  PREFERENCES_FIELDS,
  PREFERENCES_MODAL,
  parsePreferencesState,
  preferencesCommand,
  readModalState,
  readPreferences,
  readSubmission,
} from '@jamie/slack';
import type { App, BlockAction } from '@slack/bolt';
import { openDirectChannel } from '../../answers/direct-channel.ts';
import { updateModal } from '../../answers/open-prepared-modal.ts';
import { postAsked } from '../../answers/post-asked.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import { resolveOption } from '../ask/resolve-option.ts';
import { findSubmitter } from '../find-submitter.ts';
import { readViewClick } from '../home/read-view-click.ts';
import type { ListenerContext } from '../listener-context.ts';
import { preparePreferences } from './open-preferences.ts';

const GONE = 'What you chose is not there any more, so your preferences stay as they were.';

/** The form in which somebody sets where we look for them. */
export function registerPreferences(app: App, context: ListenerContext): void {
  const watched = { type: 'block_actions', action_id: PREFERENCES_FIELDS.cluster } as const;
  app.action<BlockAction>(watched, async ({ body, context: given }) => {
    ticketOf(given);
    await onClusterChosen(context, body);
  });
  const handedIn = { type: 'view_submission', callback_id: PREFERENCES_MODAL } as const;
  app.view(handedIn, async ({ body, context: given }) => {
    const ticket = ticketOf(given);
    const submission = readSubmission({ ...body });
    if (submission !== undefined) await onPreferencesSubmission(context, submission, ticket);
  });
}

/** Namespaces are searched on the chosen cluster from now on. */
async function onClusterChosen(context: ListenerContext, body: BlockAction): Promise<void> {
  const click = readViewClick(body);
  const state = readModalState({ ...body });
  if (click === undefined || state === undefined) return;
  const workspace = await context.workspaces.find(deliveryTeamOf({ ...body }));
  const verdict = await context.people.identify(state, workspace);
  if (verdict.kind === 'refused') return;
  const { principal } = verdict;
  const value = state.values[PREFERENCES_FIELDS.cluster];
  const chosen = await resolveOption(context, principal, value, { what: 'cluster' });
  const visitor = { workspace, principal, person: { teamId: state.teamId, userId: state.userId } };
  await updateModal(workspace.client, click.viewId, await preparePreferences(context, visitor, chosen));
}

/** Sets them with the command that anybody may type, so that they are checked and kept as every other request. */
async function onPreferencesSubmission(
  context: ListenerContext,
  submission: ModalSubmission,
  ticket: DeliveryTicket,
): Promise<void> {
  const submitter = await findSubmitter(context, submission, undefined);
  if (submitter === undefined) return;
  const { principal, workspace, recipient } = submitter;
  const chosen = readPreferences(submission);
  const cluster = await resolveOption(context, principal, chosen.cluster, { what: 'cluster' });
  const searched = cluster ?? parsePreferencesState(submission.metadata).cluster;
  const place = { what: 'namespace', ...(searched !== undefined && { cluster: searched }) } as const;
  const namespace = await resolveOption(context, principal, chosen.namespace, place);
  const isClusterGone = chosen.cluster !== undefined && cluster === undefined;
  if (isClusterGone || (chosen.namespace !== undefined && namespace === undefined)) {
    return tellPrivately(workspace.client, recipient, GONE);
  }
  const text = preferencesCommand({
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && { namespace }),
  });
  const { teamId, userId } = submission;
  const channelId = await openDirectChannel(workspace.client, userId);
  const words = `/jamie ${text}`;
  const threadTs = await postAsked(workspace.client, { principal, channelId, words }, ticket);
  await context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal,
    slackPerson: { teamId, userId },
    place: { surface: 'slack', teamId: workspace.teamId, channelId, threadTs },
    form: 'command',
    text,
  });
  ticket.isHandedOver = true;
  context.homes.refresh({ workspace, principal, person: { teamId, userId } });
}
