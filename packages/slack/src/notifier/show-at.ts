import type { Logger, ShowAttempt, ShownMessage, ShownPlace } from '@jamie/core';
import type { AnswerStreams } from '../stream/answer-streams.ts';
import { layOutPlain } from '../views/plain-view.ts';
import { layOutShown, type SlackLayout } from '../views/shown-view.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { attachFiles } from './attach-files.ts';
import { attachmentsOf, chartsOf, type DrawChart } from './attachments.ts';
import { movedNote } from './direct-message.ts';
import type { LivePlace } from './live-place.ts';
import { type FoundMarks, findMarks } from './message-mark.ts';
import { findPermalink } from './permalink.ts';
import type { SlackCalls } from './slack-calls.ts';
import { type PartsTarget, writeParts } from './write-parts.ts';

/** One message on its way to one place. */
export interface Showing {
  readonly workspace: SlackWorkspace;
  readonly calls: SlackCalls;
  readonly shown: ShownMessage;
  readonly attempt: ShowAttempt;
  readonly logger: Logger;
  readonly answerStreams?: AnswerStreams;
  /** Absent: charts are left out. */
  readonly drawChart?: DrawChart;
  /** Names of files that Slack has taken, and may show later only; grows. */
  readonly taken: Set<string>;
  readonly place: LivePlace;
  /** Slack refuses our layout. */
  readonly isPlain: boolean;
  /** Workspaces that do not take Slack's own thumbs; grows. */
  readonly withoutThumbs: Set<string>;
  /** Timestamps of the parts as far as they are known; grows. */
  readonly known: string[];
}

/** Shows the message in this place, its files included. Fails like every Slack call, when not even its point stands. */
export async function showAt(showing: Showing): Promise<ShownPlace> {
  const digestTs = await findInDigest(showing);
  if (digestTs !== undefined) return { ts: digestTs, isDigest: true };
  const target = targetOf(showing);
  await findLostPost(showing, target);
  const { known } = showing;
  const wasKnown = known.length > 0;
  const plain = layOut(showing, []);
  if (!wasKnown) await endStream(showing, plain);
  if (known.length === 0) {
    const failure = await writeParts(target, plain.parts);
    if (failure !== undefined) return { ...standing(showing), failure };
  }
  const { notes, failure } = await attach(showing, plain);
  if (wasKnown || notes.length > 0) {
    const missing = await writeParts(target, layOut(showing, notes).parts);
    if (missing !== undefined) return { ...standing(showing), failure: missing };
  }
  const permalink = await permalinkOf(showing);
  return { ...standing(showing), ...(permalink !== undefined && { permalink }), ...(failure && { failure }) };
}

/** Whether people are asked with Slack's own thumbs if a message helped. */
export function usesThumbs({ workspace, withoutThumbs, isPlain }: Showing): boolean {
  return !isPlain && !withoutThumbs.has(workspace.teamId);
}

function layOut(showing: Showing, fileNotes: readonly string[]): SlackLayout {
  const { shown, place, isPlain } = showing;
  const moved = movedNote(shown, place);
  const feedback = usesThumbs(showing) ? ('native' as const) : ('plain' as const);
  const notes = { files: fileNotes, feedback, ...(moved !== undefined && { moved }) };
  return isPlain ? layOutPlain(shown, notes) : layOutShown(shown, notes);
}

function targetOf(showing: Showing): PartsTarget {
  const { workspace, calls, shown, attempt, place, known } = showing;
  return {
    client: workspace.client,
    calls,
    place,
    messageId: shown.message.id,
    isUrgent: attempt.isUrgent ?? true,
    isFirst: attempt.isFirst ?? false,
    findMarks: once(() => readMarks(showing, place.threadTs)),
    known,
  };
}

/** An answer of one message ends the stream in which it was worked out, and needs no post then. */
async function endStream(
  { answerStreams, workspace, shown, place, known, isPlain }: Showing,
  { parts, files }: SlackLayout,
): Promise<void> {
  const [content, ...more] = parts;
  const isElsewhere = place.movedBecause !== undefined;
  if (
    content === undefined ||
    more.length + files.length + chartsOf(shown.message).length > 0 ||
    isElsewhere ||
    isPlain
  )
    return;
  const ts = await answerStreams?.endWith(workspace, shown, content);
  if (ts !== undefined) known.push(ts);
}

/** A post whose answer never came is where the message stands. */
async function findLostPost({ shown, known }: Showing, target: PartsTarget): Promise<void> {
  if (known.length > 0 || target.isFirst) return;
  const ts = (await target.findMarks()).tsByKey.get(shown.message.id);
  if (ts !== undefined) known.push(ts);
}

/** Only what nobody waits for is ever listed with others, and only once it has been tried. */
async function findInDigest(showing: Showing): Promise<string | undefined> {
  const { attempt, known, shown, place } = showing;
  const mayBeListed = attempt.isUrgent === false && attempt.isFirst !== true && known.length === 0;
  if (!mayBeListed || shown.message.slack?.isDigest === true) return undefined;
  for (const threadTs of new Set([place.threadTs, ''])) {
    const ts = (await readMarks(showing, threadTs)).digestTsByKey.get(shown.message.id);
    if (ts !== undefined) return ts;
  }
  return undefined;
}

function readMarks({ workspace, calls, shown, place }: Showing, threadTs: string): Promise<FoundMarks> {
  const range = { channelId: place.channelId, threadTs, since: shown.message.at };
  return findMarks(workspace.client, range, calls.call);
}

function attach(showing: Showing, { files }: SlackLayout) {
  const { workspace, calls, shown, logger, taken, place, known, drawChart } = showing;
  return attachFiles(shown.message, attachmentsOf(shown.message, files, drawChart), {
    client: workspace.client,
    call: calls.call,
    logger,
    taken,
    place: {
      channelId: place.channelId,
      threadTs: place.threadTs === '' ? (known[0] ?? '') : place.threadTs,
    },
    beforePost: () => calls.takePostTurn(place.channelId, true),
  });
}

/** Other messages lead to a card, and to the answer that proposed it. */
async function permalinkOf(showing: Showing): Promise<string | undefined> {
  const { workspace, calls, shown, logger, place, known } = showing;
  const { message, card } = shown;
  const isProposal = message.body.kind === 'reply' && message.body.reply.proposals.length > 0;
  const [ts = ''] = known;
  const isKnown = message.slack?.permalink !== undefined && message.slack.ts === ts;
  if (isKnown) return message.slack?.permalink;
  if (card === undefined && !isProposal) return undefined;
  return findPermalink({ client: workspace.client, calls, logger }, place.channelId, ts);
}

function standing({ known, place }: Showing): ShownPlace {
  const [ts = '', ...parts] = known;
  return {
    ts,
    ...(parts.length > 0 && { parts }),
    ...(place.movedBecause !== undefined && {
      channelId: place.channelId,
      movedBecause: place.movedBecause,
    }),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= read();
    return result;
  };
}
