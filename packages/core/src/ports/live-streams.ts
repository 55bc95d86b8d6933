import type { RequestId } from '../ids.ts';

/** A message that Slack shows as being written, until it is stopped. */
export interface LiveStream {
  readonly requestId: RequestId;
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  readonly ts: string;
  readonly startedAt: number;
}

/**
 * The streams that have been started and not stopped: whoever ends a request finds them, also after a crash and from
 * another process. Fails like the store.
 */
export interface LiveStreams {
  /** Durable when it returns. The same channel and ts again changes nothing. */
  add(stream: LiveStream): Promise<void>;
  /** Oldest first. */
  listOf(requestId: RequestId): Promise<readonly LiveStream[]>;
  /** Started before this time, oldest first; at most `limit`. */
  listStartedBefore(time: number, limit: number): Promise<readonly LiveStream[]>;
  /** It was stopped. True for the one caller who removed it. */
  remove(channelId: string, ts: string): Promise<boolean>;
}
