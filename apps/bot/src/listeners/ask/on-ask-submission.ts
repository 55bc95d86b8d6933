import { isOpsError, type Principal } from '@jamie/core';
import {
  ASK_FIELDS,
  type AskedWithModal,
  type ModalSubmission,
  parseAskState,
  readAsk,
  type SlackWorkspace,
} from '@jamie/slack';
import { openDirectChannel } from '../../answers/direct-channel.ts';
import { postAsked } from '../../answers/post-asked.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import { findSubmitter } from '../find-submitter.ts';
import type { ListenerContext } from '../listener-context.ts';
import { whereOf } from './open-ask.ts';
import { resolveOption } from './resolve-option.ts';

const GONE = 'What you chose is not there any more, so I did nothing. Ask again and choose once more.';

/** Asks what the form says, as whoever handed it in; the answer comes where the form said. */
export async function onAskSubmission(
  context: ListenerContext,
  submission: ModalSubmission,
  ticket: DeliveryTicket,
): Promise<void> {
  const { origin } = parseAskState(submission.metadata);
  const submitter = await findSubmitter(context, submission, undefined);
  if (submitter === undefined) return;
  const { principal, workspace } = submitter;
  const recipient = { ...whereOf(origin), userId: submission.userId };
  if (origin.kind === 'thread' && (await context.channels.isShared(origin.channelId, workspace))) {
    return tellPrivately(workspace.client, recipient, SHARED_CHANNEL_REFUSAL);
  }
  const asked = await readChoices(context, principal, submission);
  if (asked === undefined) return tellPrivately(workspace.client, recipient, GONE);
  const place = await openPlace(workspace, { principal, userId: submission.userId, asked }, ticket);
  const { teamId, userId } = submission;
  await context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal,
    slackPerson: { teamId, userId },
    place: { surface: 'slack', teamId: workspace.teamId, ...place },
    form: asked.form,
    text: asked.text,
    ...(asked.about === undefined ? {} : { about: asked.about }),
  });
  ticket.isHandedOver = true;
  await tellWhere(context, { workspace, principal, submission, asked }, place);
}

/** The question with its choices as they are typed; undefined when one of them is gone. */
async function readChoices(
  context: ListenerContext,
  principal: Principal,
  submission: ModalSubmission,
): Promise<AskedWithModal | undefined> {
  const values = { ...submission.values };
  const place: { cluster?: string; namespace?: string } = {};
  for (const what of ['cluster', 'namespace', 'workload'] as const) {
    const field = ASK_FIELDS[what];
    const value = values[field];
    if (value === undefined) continue;
    const known = await resolveOption(context, principal, value, { what, ...place });
    if (known === undefined) return undefined;
    values[field] = known;
    if (what !== 'workload') place[what] = known;
  }
  return readAsk({ ...submission, values }, values[ASK_FIELDS.workload]);
}

interface Asker {
  readonly principal: Principal;
  readonly userId: string;
  readonly asked: AskedWithModal;
}

interface ThreadPlace {
  readonly channelId: string;
  readonly threadTs: string;
}

/** The thread for the answer, with a line that says who asks what; a direct message where we may not write. */
async function openPlace(
  workspace: SlackWorkspace,
  { principal, userId, asked }: Asker,
  ticket: DeliveryTicket,
): Promise<ThreadPlace> {
  const { client } = workspace;
  const { origin } = asked;
  const words = asked.form === 'command' ? `/jamie ${asked.text}` : asked.text;
  if (origin.kind === 'thread') {
    try {
      await postAsked(client, { principal, words, ...threadOf(origin) }, ticket);
      return threadOf(origin);
    } catch (error) {
      if (!isOpsError(error) || error.retryable) throw error;
    }
  }
  const channelId = await openDirectChannel(client, userId);
  return { channelId, threadTs: await postAsked(client, { principal, words, channelId }, ticket) };
}

function threadOf({ channelId, threadTs }: ThreadPlace): ThreadPlace {
  return { channelId, threadTs };
}

interface Told {
  readonly workspace: SlackWorkspace;
  readonly principal: Principal;
  readonly submission: ModalSubmission;
  readonly asked: AskedWithModal;
}

/** Says to whoever asked where to look, unless they are looking there: the form has closed and left them where they were. */
async function tellWhere(
  context: ListenerContext,
  { workspace, principal, submission, asked: { origin } }: Told,
  place: ThreadPlace,
): Promise<void> {
  const { teamId, userId } = submission;
  const isThere = origin.kind === 'thread' && origin.channelId === place.channelId;
  const where = isThere ? 'in the thread of that message' : 'in our direct messages';
  const told = `I answer ${where}.`;
  const { channelId } = whereOf(origin);
  if (channelId === undefined) {
    context.homes.refresh({ workspace, principal, person: { teamId, userId } }, told);
  } else if (channelId !== place.channelId || isThere) {
    await tellPrivately(workspace.client, { channelId, userId }, told);
  }
}
