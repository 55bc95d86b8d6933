import {
  assertNever,
  type Clock,
  type Logger,
  type Notifier,
  OpsError,
  type PostingPace,
  type ShowAttempt,
  type ShownMessage,
  type ShownPlace,
  toOpsError,
} from '@jamie/core';
import type { AnswerStreams } from '../stream/answer-streams.ts';
import { asksForFeedback } from '../views/feedback-view.ts';
import type { SlackWorkspaces } from '../workspaces/slack-workspaces.ts';
import type { DrawChart } from './attachments.ts';
import { decideFallback, type Fallback } from './decide-fallback.ts';
import { openDirectChannel } from './direct-message.ts';
import { createLanes } from './lanes.ts';
import { askerOf, type LivePlace, livePlaceOf, slackPlaceOf } from './live-place.ts';
import { createPostSpacer } from './post-spacer.ts';
import { type Showing, showAt, usesThumbs } from './show-at.ts';
import { showDigest } from './show-digest.ts';
import { createSlackCalls } from './slack-calls.ts';

const PERSON = /^[UW]/;

export interface SlackNotifierOptions {
  readonly workspaces: SlackWorkspaces;
  /** Shared by every process that posts to these workspaces. */
  readonly pace: PostingPace;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The streams that answers end. Absent: every answer is posted. */
  readonly answerStreams?: AnswerStreams;
  /** Absent: charts are left out; their numbers stand in the answer's table. */
  readonly drawChart?: DrawChart;
  /**
   * Least time between two posts in one channel. Default 1,100 ms: Slack hides what comes faster than one a second,
   * without an error, and two posts may reach it a little closer than they left.
   */
  readonly spacingMs?: number;
}

const SPACING_MS = 1_100;

/**
 * Shows messages in Slack threads. A message is posted once with an invisible mark and changed in place from then
 * on; a post whose response was lost is found by its mark. A message that somebody deleted is posted anew, one that is
 * too long goes on in further messages or a file, one that the channel refuses goes to the person who asked, and one
 * whose layout is refused goes as plain text. Files follow their message into its thread, each once.
 */
export function createSlackNotifier(options: SlackNotifierOptions): Notifier {
  const { workspaces, pace, clock, logger, answerStreams, drawChart, spacingMs = SPACING_MS } = options;
  const lanes = createLanes();
  const taken = new Set<string>();
  const spacer = createPostSpacer(clock, spacingMs);
  const withoutThumbs = new Set<string>();

  const callsTo = (teamId: string) => createSlackCalls({ teamId, pace, clock, spacer, spacingMs });

  async function reach(teamId: string) {
    return { workspace: await workspaces.find(teamId), calls: callsTo(teamId) };
  }

  async function showNow(shown: ShownMessage, attempt: ShowAttempt): Promise<ShownPlace> {
    const { teamId } = slackPlaceOf(shown);
    const reached = await reach(teamId);
    const showing: Showing = {
      ...reached,
      shown,
      attempt,
      logger,
      taken,
      place: await openPlace(reached, livePlaceOf(shown)),
      isPlain: false,
      withoutThumbs,
      known: knownParts(shown),
      ...(answerStreams !== undefined && { answerStreams }),
      ...(drawChart !== undefined && { drawChart }),
    };
    const standing = await showSomewhere(showing);
    await answerStreams?.afterShown(showing.workspace, shown);
    return standing;
  }

  return {
    // Two at once would both find nothing and both post.
    show: (shown, attempt = {}) => lanes.run(shown.message.id, () => showNow(shown, attempt)),
    async findPostWait(shown, isUrgent) {
      const { teamId, channelId } = livePlaceOf(shown);
      return callsTo(teamId).findPostWait(channelId, isUrgent);
    },
    async showDigest(messages) {
      const [first] = messages;
      const reached = await reach(first === undefined ? '' : slackPlaceOf(first).teamId);
      return showDigest(messages, { ...reached, logger });
    },
  };
}

/** A person's id stands for their direct channel, which Slack opens as often as it is asked. */
async function openPlace(
  { workspace, calls }: Pick<Showing, 'workspace' | 'calls'>,
  place: LivePlace,
): Promise<LivePlace> {
  if (!PERSON.test(place.channelId)) return place;
  return { ...place, channelId: await openDirectChannel(workspace.client, calls, place.channelId) };
}

function knownParts({ message }: ShownMessage): string[] {
  const { ts, parts = [], isDigest } = message.slack ?? {};
  return ts === undefined || isDigest === true ? [] : [ts, ...parts];
}

/** Each way out is tried once: plain buttons, plain text, the person who asked, plain text there. */
async function showSomewhere(showing: Showing): Promise<ShownPlace> {
  try {
    return await showAt(showing);
  } catch (thrown) {
    const error = toOpsError(thrown);
    const tried = {
      hasThumbs: usesThumbs(showing) && asksForFeedback(showing.shown),
      isPlain: showing.isPlain,
      isDirect: showing.place.movedBecause !== undefined,
      hasAsker: askerOf(showing.shown) !== undefined,
    };
    return fallBack(showing, decideFallback(error, tried), error);
  }
}

async function fallBack(showing: Showing, fallback: Fallback, error: OpsError): Promise<ShownPlace> {
  const { shown, logger } = showing;
  const { id: messageId } = shown.message;
  switch (fallback.kind) {
    case 'retry':
      throw error;
    case 'plain_buttons':
      showing.withoutThumbs.add(showing.workspace.teamId);
      return showSomewhere(showing);
    case 'plain_text':
      logger.error('slack refuses our layout', { messageId, reference: messageId, err: error });
      return showSomewhere({ ...showing, isPlain: true });
    case 'direct_message':
      logger.warn('a message goes to the person who asked', { messageId, reason: fallback.reason });
      return showToAsker(showing, fallback.reason);
    case 'give_up':
      throw new OpsError(error.code, 'nobody can be told', {
        retryable: false,
        details: { ...error.details, reason: fallback.reason },
        ...(error.userMessage !== undefined && { userMessage: error.userMessage }),
        cause: error,
      });
    default:
      return assertNever(fallback);
  }
}

async function showToAsker(showing: Showing, movedBecause: string): Promise<ShownPlace> {
  const { workspace, calls, shown, place } = showing;
  let channelId: string;
  try {
    channelId = await openDirectChannel(workspace.client, calls, askerOf(shown)?.userId ?? '');
  } catch (thrown) {
    const error = toOpsError(thrown);
    const tried = { hasThumbs: false, isPlain: true, isDirect: true, hasAsker: true };
    return fallBack(showing, decideFallback(error, tried), error);
  }
  return showSomewhere({ ...showing, place: { ...place, channelId, threadTs: '', movedBecause }, known: [] });
}
