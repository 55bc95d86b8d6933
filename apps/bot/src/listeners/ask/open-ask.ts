import type { SlackPerson } from '@jamie/core';
import { type AskOrigin, renderAskModal, renderMessageModal, type SlackWorkspace } from '@jamie/slack';
import { openPreparedModal } from '../../answers/open-prepared-modal.ts';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import type { ListenerContext } from '../listener-context.ts';

/** Somebody who wants to ask with a form, and where they are. */
export interface AskWish {
  readonly person: SlackPerson;
  readonly triggerId: string;
  readonly origin: AskOrigin;
  /** The text of the message that they point at. */
  readonly about?: string;
}

const TITLE = 'Ask Jamie';
/** More clusters than this are searched for, not listed. */
const LISTED_CLUSTERS = 1_000;

/** Opens the form at once, and fills it as soon as it is known who asks. A click that is too old is answered in words. */
export async function openAsk(
  context: ListenerContext,
  workspace: SlackWorkspace,
  wish: AskWish,
): Promise<void> {
  const { client } = workspace;
  const prepare = () => prepareAsk(context, workspace, wish);
  const outcome = await openPreparedModal(client, { triggerId: wish.triggerId, title: TITLE, prepare });
  if (outcome === 'opened') return;
  const told = 'Slack gives me three seconds to open a form, and they were over. Click again.';
  await tellPrivately(client, { ...whereOf(wish.origin), userId: wish.person.userId }, told);
}

async function prepareAsk(context: ListenerContext, workspace: SlackWorkspace, wish: AskWish) {
  const { person, origin, about } = wish;
  const verdict = await context.people.identify(person, workspace);
  if (verdict.kind === 'refused') return renderMessageModal(TITLE, verdict.message);
  if (origin.kind === 'thread' && (await context.channels.isShared(origin.channelId, workspace))) {
    return renderMessageModal(TITLE, SHARED_CHANNEL_REFUSAL);
  }
  const { principal } = verdict;
  const query = { principal, query: '', limit: LISTED_CLUSTERS };
  const clusters = await context.desk.suggest({ ...query, what: 'cluster' });
  return renderAskModal({
    state: { origin },
    clusters: clusters.map(({ value }) => value),
    ...(about === undefined ? {} : { about }),
  });
}

/** Where somebody is told what only they should read. */
export function whereOf(origin: AskOrigin): { readonly channelId?: string; readonly threadTs?: string } {
  if (origin.kind === 'thread') return { channelId: origin.channelId };
  return origin.channelId === undefined ? {} : { channelId: origin.channelId };
}
