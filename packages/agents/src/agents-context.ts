import type {
  AuditHeadNotes,
  ChatModel,
  Check,
  Clock,
  Clusters,
  Digest,
  IdSource,
  KeyRing,
  Logger,
  PostingLine,
  ProgressBoard,
  Store,
} from '@jamie/core';
import type { Operations } from '@jamie/operations';
import type { RunningRequests } from './desk/running-requests.ts';
import type { GraphCheckpoints } from './graphs/graph-checkpoints.ts';

/** What the policy in force lets happen by itself, as far as people are told of it. */
export interface HealingRules {
  /** Whether anything may, anywhere. */
  readonly isOn: () => boolean;
  /** How often a fault in a namespace may be tried within a day; `undefined`: a fault of a node. 0: it may not. */
  readonly attemptsIn: (namespace: string | undefined) => number;
}

/** What answering needs of the world. */
export interface AgentsContext {
  readonly store: Store;
  readonly clusters: Clusters;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly logger: Logger;
  /** What `status` and `doctor` look at. */
  readonly checks: readonly Check[];
  /** `light`: one dry remark in a conversation at most, where all is well. */
  readonly persona: 'off' | 'light';
  readonly checkpoints: GraphCheckpoints;
  readonly running: RunningRequests;
  /** Where people watch their requests being worked on. */
  readonly progress: ProgressBoard;
  /** Checks what was signed here. */
  readonly keys: KeyRing;
  /** Where signed heads of the audit are noted beside the store. Absent: nowhere. */
  readonly headNotes?: AuditHeadNotes;
  /** Where messages wait for their channel. Absent: each comes back by itself. */
  readonly postingLine?: PostingLine;
  /** What may heal itself by the policy in force. Absent: nothing. */
  readonly autonomy?: HealingRules;
  /** Absent: everything works without one, and says so. */
  readonly model?: ChatModel;
}

/** What showing messages needs of it. */
export type ShowContext = Pick<AgentsContext, 'store' | 'clock' | 'ids' | 'logger' | 'postingLine'>;
