import type { GraphCheckpoints } from '@jamie/agents';
import type {
  Check,
  Inbox,
  Installations,
  JobQueue,
  LiveStreams,
  Logger,
  PostingLine,
  PostingPace,
  Store,
} from '@jamie/core';
import type { OnDamage } from '@jamie/database';
import type { Config, SteadyClock } from '@jamie/runtime';

export interface StorageOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: SteadyClock;
  /** Told when the file of the database turns out to be damaged while it is in use. */
  readonly onDamage?: OnDamage;
}

/** What is durable, in one database. */
export interface Storage {
  readonly store: Store;
  readonly inbox: Inbox & {
    /** Forgets deliveries that were finished more than a day ago; returns how many. */
    prune(): Promise<number>;
  };
  /** Absent where the database holds no jobs. */
  readonly queue?: JobQueue;
  readonly checkpoints: GraphCheckpoints;
  readonly pace: PostingPace;
  readonly line: PostingLine;
  readonly streams: LiveStreams;
  /** The Slack workspaces that installed the app; the key encrypts their tokens. */
  openInstallations(credentialsKey: Uint8Array): Installations;
  /** Whether the database answers, and where it is. */
  readonly check: Check;
  close(): Promise<void>;
}
