import { type Clock, type Desk, type Logger, type Store, toOpsError } from '@jamie/core';
import type { AnswerStreams, SlackProgress, SlackWork, SlackWorkspaces } from '@jamie/slack';
import type { Storage } from './storage.ts';

export interface WatchParts {
  readonly workspaces: SlackWorkspaces;
  readonly desk: Desk;
  readonly storage: Storage;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How people in Slack watch their requests being worked on. */
export interface WatchedWork {
  readonly progress: SlackProgress;
  readonly answerStreams: AnswerStreams;
  /** Ends streams that nobody has ended; returns how many. */
  sweepStreams(): Promise<number>;
}

export async function watchWork(parts: WatchParts): Promise<WatchedWork> {
  const { workspaces, desk, storage, store, clock, logger } = parts;
  const { createAnswerStreams, createSessionStatus, createSlackProgress, sweepStreams } = await import(
    '@jamie/slack'
  );
  const { streams } = storage;
  const shared = { workspaces, streams, clock, logger };
  const sessions = createSessionStatus();
  const progress = createSlackProgress({
    ...shared,
    sessions,
    onStopped: (work) => {
      stopFor(desk, work).catch((error: unknown) => {
        // The event of the same click comes too, and is tried again.
        logger.warn('a stop in a stream had no effect', { err: toOpsError(error) });
      });
    },
  });
  return {
    progress,
    answerStreams: createAnswerStreams({
      streams,
      logger,
      sessions,
      settle: (requestId) => progress.settle(requestId),
    }),
    sweepStreams: () =>
      sweepStreams({
        ...shared,
        isAnswered: async (requestId) => (await store.findRequest(requestId))?.status !== 'open',
      }),
  };
}

/** Slack tells whoever writes to the stream that its reader has stopped it: the person for whom it was written. */
function stopFor(desk: Desk, { request, conversation }: SlackWork): Promise<void> {
  const { id: requestId, principal, slackPerson } = request;
  return desk.stop({
    idempotencyKey: `stop:${requestId}`,
    principal,
    place: conversation.place,
    requestId,
    ...(slackPerson !== undefined && { slackPerson }),
  });
}
