import { deliveryTeamOf, type SlackWorkspace } from '@jamie/slack';
import type { App, EnvelopedEvent } from '@slack/bolt';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import { readUploadedManifest } from '../files/read-uploaded-manifest.ts';
import type { ListenerContext } from '../listener-context.ts';
import { decideMessage, type Utterance } from './decide-message.ts';
import { onStop } from './on-stop.ts';

const REMEMBERED_REFUSALS = 5_000;

/** Mentions, direct messages and replies in threads where we already talk. */
export function registerEvents(app: App, context: ListenerContext): void {
  const refusedInThread = new Set<string>();

  async function onMessage(event: unknown, body: EnvelopedEvent, ticket: DeliveryTicket): Promise<void> {
    const workspace = await context.workspaces.find(deliveryTeamOf({ ...body }));
    const decision = decideMessage(event, workspace);
    if (decision.kind === 'ignore') return;
    const { utterance } = decision;
    const isFollowUp = decision.kind === 'maybe_follow_up';
    if (isFollowUp && (await context.desk.findConversationAt(utterance.place)) === undefined) return;
    const verdict = await context.people.identify(utterance.person, workspace);
    const tell = (message: string) => tellPrivately(workspace.client, recipientOf(utterance), message);
    if (verdict.kind !== 'known') {
      if (!isFollowUp || isFirstRefusal(refusedInThread, utterance)) await tell(verdict.message);
      return;
    }
    if (await isShared(body, utterance, workspace)) return tell(SHARED_CHANNEL_REFUSAL);
    const uploaded = await readUploadedManifest(context.files, workspace, utterance);
    if (uploaded.kind === 'refused') return tell(uploaded.message);
    await submit(context, workspace, { ...utterance, ...uploaded.found }, verdict.principal, ticket);
  }

  /** Slack says so with the message, but nothing of a channel to which somebody has only been invited. */
  async function isShared(body: EnvelopedEvent, { place }: Utterance, workspace: SlackWorkspace) {
    if (body.is_ext_shared_channel === true) return true;
    return context.channels.isShared(place.channelId, workspace);
  }

  app.event('app_mention', ({ event, body, context: given }) => onMessage(event, body, ticketOf(given)));
  app.event('agent_session_stopped', ({ event, body, context: given }) =>
    onStop(context, event, body, ticketOf(given)),
  );
  app.event('message', ({ event, body, context: given }) => onMessage(event, body, ticketOf(given)));
}

async function submit(
  context: ListenerContext,
  workspace: SlackWorkspace,
  utterance: Utterance & { readonly manifest?: string },
  principal: Parameters<ListenerContext['desk']['submit']>[0]['principal'],
  ticket: DeliveryTicket,
): Promise<void> {
  const { channelId, threadTs } = utterance.place;
  const target = { channelId, threadTs, messageTs: utterance.messageTs };
  const sign = context.firstSign.show(workspace, target);
  const submitted = context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal,
    slackPerson: utterance.person,
    place: utterance.place,
    form: 'sentence',
    text: utterance.text === '' ? 'help' : utterance.text,
    ...(utterance.manifest !== undefined && { manifest: utterance.manifest }),
  });
  try {
    await submitted;
  } catch (error) {
    // No answer comes to take the sign away.
    await context.firstSign.clear(workspace, target, await sign);
    throw error;
  }
  ticket.isHandedOver = true;
  await sign;
}

function recipientOf(utterance: Utterance) {
  const { channelId, threadTs } = utterance.place;
  const isThread = threadTs !== utterance.messageTs;
  return { channelId, userId: utterance.person.userId, ...(isThread ? { threadTs } : {}) };
}

/** Colleagues who talk among themselves in our thread are told once, not at every line. */
function isFirstRefusal(refused: Set<string>, { person, place }: Utterance): boolean {
  const key = `${person.teamId}:${person.userId}:${place.channelId}:${place.threadTs}`;
  if (refused.has(key)) return false;
  if (refused.size >= REMEMBERED_REFUSALS) refused.clear();
  refused.add(key);
  return true;
}
