import type { AuditEntry, AuditRecord } from '../audit-entry.ts';
import type { AuditRemoval, SignedAuditHead } from '../audit-head.ts';
import type { FreezeState } from '../freeze.ts';
import type { HealingCase, HealingStatus } from '../healing/healing-case.ts';
import type { ConversationId, HealingCaseId, IntentId, MessageId, PlanId, RequestId } from '../ids.ts';
import type { Delegation } from '../operations/approval.ts';
import type { Intent, IntentOutcome } from '../operations/intent.ts';
import type { PlanRecord, PlanStatus, Vote } from '../operations/plan-record.ts';
import type { Conversation, ConversationPlace, Message, Request } from '../requests/conversation.ts';
import type { Defaults } from '../requests/defaults.ts';
import type { InboxDelivery } from '../requests/inbox-delivery.ts';
import type { JobRequest } from './job-queue.ts';

/**
 * One change of a commit. `expectedVersion` makes an update a compare-and-set: the record given must carry
 * expectedVersion + 1.
 */
export type StoreChange =
  | { readonly kind: 'plan.insert'; readonly record: PlanRecord }
  | { readonly kind: 'plan.update'; readonly record: PlanRecord; readonly expectedVersion: number }
  /** Unique by plan and principal: one person, one vote. */
  | { readonly kind: 'vote.insert'; readonly vote: Vote }
  /** Unique by plan, phase and step. */
  | { readonly kind: 'intent.insert'; readonly intent: Intent }
  | {
      readonly kind: 'intent.complete';
      readonly id: IntentId;
      readonly outcome: IntentOutcome;
      readonly completedAt: number;
    }
  /** Unique by place. */
  | { readonly kind: 'conversation.insert'; readonly conversation: Conversation }
  | {
      readonly kind: 'conversation.update';
      readonly conversation: Conversation;
      readonly expectedVersion: number;
    }
  | { readonly kind: 'request.insert'; readonly request: Request }
  | { readonly kind: 'request.update'; readonly request: Request; readonly expectedVersion: number }
  | { readonly kind: 'message.insert'; readonly message: Message }
  | { readonly kind: 'message.update'; readonly message: Message; readonly expectedVersion: number }
  /** expectedVersion 0: there is none of this id yet. */
  | { readonly kind: 'delegation.put'; readonly delegation: Delegation; readonly expectedVersion: number }
  /** expectedVersion 0: there is none of this id yet. */
  | { readonly kind: 'healing.put'; readonly healingCase: HealingCase; readonly expectedVersion: number }
  | { readonly kind: 'inbox.finish'; readonly id: string }
  /** A job that must run once this commit holds; the relay hands it to the queue. Ignored when known already. */
  | { readonly kind: 'outbox.add'; readonly job: JobRequest }
  | { readonly kind: 'audit.append'; readonly entry: AuditEntry }
  /**
   * not_found: no record has this number and hash. version_mismatch: another head was signed meanwhile, so that this one
   * does not follow the last; or that one covers as much.
   */
  | { readonly kind: 'audit.sign_head'; readonly head: SignedAuditHead }
  /**
   * Takes every record up to `upTo` out and leaves the removal in their place; heads stay. not_found: no signed head has
   * this number and hash. version_mismatch: that is not how many records there are up to it.
   */
  | { readonly kind: 'audit.remove'; readonly removal: AuditRemoval }
  /** expectedVersion 0: there are none yet. */
  | { readonly kind: 'defaults.put'; readonly defaults: Defaults; readonly expectedVersion: number }
  | { readonly kind: 'freeze.put'; readonly state: FreezeState; readonly expectedVersion: number }
  /** Changes nothing; fails the commit when the freeze was switched since. */
  | { readonly kind: 'freeze.expect'; readonly version: number };

export type CommitResult =
  | { readonly kind: 'committed' }
  | {
      readonly kind: 'conflict';
      readonly change: StoreChange;
      readonly reason: 'already_exists' | 'version_mismatch' | 'not_found';
    };

export interface PlanQuery {
  readonly statuses?: readonly PlanStatus[];
  readonly conversationId?: ConversationId;
  /** Not older than this. */
  readonly createdSince?: number;
  /** Only plans that somebody let start in an emergency and that nobody has reviewed yet. */
  readonly awaitsReview?: true;
  readonly limit: number;
}

export interface HealingCaseQuery {
  readonly cluster?: string;
  readonly statuses?: readonly HealingStatus[];
  readonly limit: number;
}

export interface AuditQuery {
  readonly planId?: PlanId;
  /** Kinds that begin with one of these, for example `plan.`; absent: all. */
  readonly kindPrefixes?: readonly string[];
  /** Not older than this. */
  readonly since?: number;
  /** Only records before this sequence: the next page. */
  readonly beforeSequence?: number;
  readonly limit: number;
}

/** An outbox row: a job that a commit promised and that the queue may not have yet. */
export interface OutboxEntry {
  readonly sequence: number;
  readonly job: JobRequest;
}

/**
 * The durable truth. A commit is all or nothing and durable (fsync) when it returns.
 * Fails with: unavailable (locked, disk full, closed; nothing was written), internal (corrupt).
 */
export interface Store {
  commit(changes: readonly StoreChange[]): Promise<CommitResult>;
  /** Calls back after each commit of this process, with what changed. For waking up, never for truth. */
  onCommit(listener: (changes: readonly StoreChange[]) => void): () => void;

  findPlan(id: PlanId): Promise<PlanRecord | undefined>;
  /** Newest first. */
  listPlans(query: PlanQuery): Promise<readonly PlanRecord[]>;
  listVotes(planId: PlanId): Promise<readonly Vote[]>;
  listIntents(planId: PlanId): Promise<readonly Intent[]>;

  /** Those that have not ended at this time, oldest first. */
  listDelegations(at: number): Promise<readonly Delegation[]>;

  findHealingCase(id: HealingCaseId): Promise<HealingCase | undefined>;
  /** Last seen first. */
  listHealingCases(query: HealingCaseQuery): Promise<readonly HealingCase[]>;

  findConversation(id: ConversationId): Promise<Conversation | undefined>;
  findConversationAt(place: ConversationPlace): Promise<Conversation | undefined>;
  findRequest(id: RequestId): Promise<Request | undefined>;
  /** Received before this time and not answered yet, oldest first. */
  listOpenRequests(receivedBefore: number, limit: number): Promise<readonly Request[]>;
  /** Not answered yet, oldest first. */
  listOpenRequestsOf(conversationId: ConversationId): Promise<readonly Request[]>;
  findMessage(id: MessageId): Promise<Message | undefined>;
  /** Oldest first; with `since`, only those not older than that. */
  listMessages(conversationId: ConversationId, since?: number): Promise<readonly Message[]>;
  /** The messages that show this plan's card. */
  listMessagesOfPlan(planId: PlanId): Promise<readonly Message[]>;
  /** Those of ours among the newest 5,000 that Slack shows in an older version, or not yet though they are for it. Newest first. */
  listBehind(limit: number): Promise<readonly Message[]>;

  /** Oldest first; at most `limit`. */
  listOutbox(limit: number): Promise<readonly OutboxEntry[]>;
  /** Forgets entries that the queue has taken. */
  removeOutbox(sequences: readonly number[]): Promise<void>;

  findDefaults(scope: string): Promise<Defaults | undefined>;
  readFreeze(): Promise<FreezeState>;
  /** In order, from `afterSequence` (0: the first). */
  listAudit(afterSequence: number, limit: number): Promise<readonly AuditRecord[]>;
  /** Newest first. */
  listRecentAudit(query: AuditQuery): Promise<readonly AuditRecord[]>;
  /** In order, those that sign a number above `afterSequence` (0: the first). */
  listAuditHeads(afterSequence: number, limit: number): Promise<readonly SignedAuditHead[]>;
  findLastAuditHead(): Promise<SignedAuditHead | undefined>;
  /** In order, those that end above `afterSequence` (0: the first). */
  listAuditRemovals(afterSequence: number, limit: number): Promise<readonly AuditRemoval[]>;
  close(): Promise<void>;
}

/** A delivery that one owner alone handles, while it lives. */
export interface ClaimedDelivery {
  readonly delivery: InboxDelivery;
  /** Somebody has held it before, so that it may have been handled in part: look before you post. */
  readonly isRepeat: boolean;
}

/** The part of the store that a receiver needs: it runs in its own thread with its own connection. */
export interface Inbox {
  /** Durable when it returns. A delivery that shares a key with a stored one is a duplicate and is not stored. */
  put(delivery: InboxDelivery): Promise<'stored' | 'duplicate'>;
  /** Stored and not finished, oldest first. */
  listOpen(limit: number): Promise<readonly InboxDelivery[]>;
  /**
   * Gives `owner` the oldest deliveries that are stored, not finished and claimed by nobody who lives. An owner counts
   * as dead once its claim was seen not to be renewed for `leaseMs`, by this inbox's own watch: no clock that is set,
   * here or there, ends a claim. From a lane in which another living owner holds a delivery nothing is taken.
   */
  claim(owner: string, limit: number, leaseMs: number): Promise<readonly ClaimedDelivery[]>;
  /** Keeps all claims of `owner` for another lease; returns the ids that it still holds. */
  renew(owner: string, leaseMs: number): Promise<ReadonlySet<string>>;
  /** Gives back every delivery that `owner` holds and has not finished. */
  release(owner: string): Promise<void>;
  close(): Promise<void>;
}
