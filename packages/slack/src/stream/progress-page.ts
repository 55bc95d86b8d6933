import type { Clock, LiveStreams, Logger, RequestId, SlackPerson } from '@jamie/core';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import type { StreamFailure } from './stream-failure.ts';
import type { StreamItem, TaskState } from './stream-item.ts';

/** Where progress is shown, and to whom. */
export interface StreamPlace {
  readonly requestId: RequestId;
  readonly channelId: string;
  readonly threadTs: string;
  readonly recipient: SlackPerson;
}

export interface PageOptions {
  readonly workspace: SlackWorkspace;
  readonly place: StreamPlace;
  readonly streams: LiveStreams;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Nothing is worth waiting for any more. */
  readonly signal: AbortSignal;
}

export type PageResult = { readonly kind: 'written' } | StreamFailure;

/** One Slack message in which progress is written; a long investigation takes several. */
export interface ProgressPage {
  /** Whether the message is there; the first thing written makes it. */
  readonly isOpen: boolean;
  /** Least time between two writes, in milliseconds. */
  readonly paceMs: number;
  /** The message has to be made with tasks alone. */
  readonly beginsWithTasks: boolean;
  /** How many characters of text, escaped, still fit. */
  readonly room: number;
  /** How long until another message has to be begun; undefined: never. */
  wornInMs(): number | undefined;
  /** All of it or nothing. Never throws. */
  write(items: readonly StreamItem[]): Promise<PageResult>;
  /** The tasks that stand there as under way. */
  readonly running: readonly TaskState[];
  /** Ends the message with these last states of its tasks. Never throws. */
  close(last: readonly TaskState[]): Promise<void>;
  /**
   * Nothing can be written there any more. `taken`: somebody else has ended it, and nothing of ours may follow.
   */
  forget(): Promise<'ours' | 'taken'>;
}
