import {
  type Clock,
  type Conversation,
  type ConversationPlace,
  isOpsError,
  type LiveStreams,
  type Logger,
  type ProgressBoard,
  type Request,
  type RequestId,
  SILENT_PROGRESS,
  toOpsError,
} from '@jamie/core';
import { createSessionStatus, type SessionStatus } from '../status/session-status.ts';
import { createStatusLine } from '../status/status-line.ts';
import type { SlackWorkspaces } from '../workspaces/slack-workspaces.ts';
import { closeStreams } from './close-streams.ts';
import type { StreamPlace } from './progress-page.ts';
import { SlackStreamWriter } from './slack-stream-writer.ts';
import { ThreadProgress, type ThreadWork } from './thread-progress.ts';

/** A request that is being worked on, and where. */
export interface SlackWork {
  readonly request: Request;
  readonly conversation: Conversation;
}

export interface SlackProgressOptions {
  readonly workspaces: SlackWorkspaces;
  readonly streams: LiveStreams;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The person pressed Stop in a stream. Must not throw. */
  readonly onStopped?: (work: SlackWork) => void;
  readonly sessions?: SessionStatus;
}

/** Progress in Slack threads. */
export interface SlackProgress extends ProgressBoard {
  /** Whoever works on the request in this process shows what they have, and nothing after that. Never fails. */
  settle(requestId: RequestId): Promise<void>;
}

/**
 * Shows work in the thread where it was asked for: nothing while it is quick, the current step as status, and a stream
 * with a card for each step when it takes longer. Requests without a person in Slack, or without a thread, are silent.
 */
export function createSlackProgress(options: SlackProgressOptions): SlackProgress {
  const { workspaces, streams, clock, logger } = options;
  const unsupported = new Set<string>();
  const statusLine = createStatusLine();
  const sessions = options.sessions ?? createSessionStatus();
  const running = new Map<RequestId, Set<ThreadProgress>>();

  function threadWork(work: SlackWork, place: StreamPlace, teamId: string): Omit<ThreadWork, 'ended'> {
    return {
      clock,
      place,
      statusLine,
      sessions,
      findWorkspace: () => workspaces.find(teamId),
      async openWriter(workspace) {
        const left = await streams.listOf(place.requestId);
        await closeStreams(left, {
          workspace,
          streams,
          logger,
          text: 'Interrupted here. It goes on in the next message.',
        });
        const onStopped = () => options.onStopped?.(work);
        return new SlackStreamWriter({ workspace, place, streams, clock, logger, unsupported, onStopped });
      },
      complain(error) {
        if (isOpsError(error, 'cancelled')) return;
        logger.warn('progress cannot be shown', { requestId: place.requestId, err: toOpsError(error) });
      },
    };
  }

  return {
    begin(work) {
      const { place } = work.conversation;
      const streamPlace = streamPlaceOf(work.request, place);
      if (streamPlace === undefined || place.surface !== 'slack') return SILENT_PROGRESS;
      const { requestId } = streamPlace;
      const known = running.get(requestId) ?? new Set();
      const ended = () => {
        known.delete(progress);
        if (known.size === 0 && running.get(requestId) === known) running.delete(requestId);
      };
      const progress = new ThreadProgress({ ...threadWork(work, streamPlace, place.teamId), ended });
      running.set(requestId, known.add(progress));
      return progress;
    },
    async settle(requestId) {
      await Promise.all([...(running.get(requestId) ?? [])].map((progress) => progress.end()));
    },
  };
}

/** Slack streams only to somebody, as a reply in a thread. */
function streamPlaceOf(request: Request, place: ConversationPlace): StreamPlace | undefined {
  if (place.surface !== 'slack' || place.threadTs === '' || request.slackPerson === undefined)
    return undefined;
  const { channelId, threadTs } = place;
  return { requestId: request.id, channelId, threadTs, recipient: request.slackPerson };
}
