import {
  type Clock,
  isOpsError,
  type LiveStream,
  type LiveStreams,
  type Logger,
  type RequestId,
  toOpsError,
} from '@jamie/core';
import type { SlackWorkspaces } from '../workspaces/slack-workspaces.ts';
import { closeStreams } from './close-streams.ts';

export interface SweepStreamsOptions {
  readonly workspaces: SlackWorkspaces;
  readonly streams: LiveStreams;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether a request has its answer. */
  readonly isAnswered: (requestId: RequestId) => Promise<boolean>;
}

/** Longer than any writer keeps a stream, and shorter than Slack does. */
const ABANDONED_AFTER_MS = 250_000;
const BATCH = 50;

/**
 * Ends streams that nobody has ended: what a crash leaves behind would seem to be at work until Slack gives up. Each says
 * what became of the work. Returns how many there were. Safe to repeat, and from several processes at once.
 */
export async function sweepStreams(options: SweepStreamsOptions): Promise<number> {
  const { streams, clock } = options;
  const abandoned = await streams.listStartedBefore(clock.now() - ABANDONED_AFTER_MS, BATCH);
  for (const stream of abandoned) await closeAbandoned(stream, options);
  return abandoned.length;
}

async function closeAbandoned(
  stream: LiveStream,
  { workspaces, streams, logger, isAnswered }: SweepStreamsOptions,
): Promise<void> {
  try {
    const workspace = await workspaces.find(stream.teamId);
    const text = (await isAnswered(stream.requestId))
      ? 'Interrupted here. The answer is in this thread.'
      : 'Interrupted here. The work goes on, and its answer comes in this thread.';
    await closeStreams([stream], { workspace, streams, logger, text, sessionStatus: 'active' });
  } catch (error) {
    if (isOpsError(error, 'forbidden')) return forget(stream, streams, logger);
    // The next sweep tries again.
    logger.warn('an abandoned stream could not be closed', {
      requestId: stream.requestId,
      err: toOpsError(error),
    });
  }
}

/** Nobody lets us in there any more, and Slack ends by itself what stays open. */
async function forget(stream: LiveStream, streams: LiveStreams, logger: Logger): Promise<void> {
  await streams.remove(stream.channelId, stream.ts);
  logger.info('a stream ended with its workspace', { requestId: stream.requestId, teamId: stream.teamId });
}
