import {
  type AuditQuery,
  type AuditRecord,
  type AuditRemoval,
  type Clock,
  type CommitResult,
  type Conversation,
  type ConversationId,
  type ConversationPlace,
  canonicalJson,
  type Defaults,
  type Delegation,
  type Digest,
  type FreezeState,
  type HealingCase,
  type HealingCaseId,
  type HealingCaseQuery,
  type Intent,
  type Message,
  type MessageId,
  OpsError,
  type OutboxEntry,
  type PlanId,
  type PlanQuery,
  type PlanRecord,
  type Request,
  type RequestId,
  type SignedAuditHead,
  type Store,
  type StoreChange,
  type Vote,
} from '@jamie/core';
import {
  above,
  atLeast,
  below,
  type MongoCollection,
  type MongoCollectionName,
  type MongoCollections,
  type MongoConditions,
  type MongoDatabase,
  type MongoReading,
  oneOf,
} from '@jamie/database/mongodb';
import type { z } from 'zod';
import { delegationSchema } from '../records/approval-schema.ts';
import { conversationSchema, messageSchema, requestSchema } from '../records/conversation-schemas.ts';
import { defaultsSchema, jobRequestSchema } from '../records/effect-schemas.ts';
import { healingCaseSchema } from '../records/healing-schema.ts';
import { intentSchema, planRecordSchema, voteSchema } from '../records/plan-record-schema.ts';
import { readRecord } from '../records/read-record.ts';
import { applyChange } from './apply-change.ts';
import {
  findLastHead,
  recentAuditConditions,
  toAuditHead,
  toAuditRecord,
  toAuditRemoval,
} from './audit-rows.ts';
import { endTurn, takeTurn } from './change-context.ts';
import { readFreeze } from './effect-changes.ts';
import { listBehindIds } from './list-behind.ts';

/** How long a deduplication id outlives its job's way to the queue. */
const OUTBOX_KEPT_MS = 24 * 60 * 60 * 1_000;
const OLDEST_FIRST = { sort: { sequence: 1 } } as const;

export interface MongoStoreOptions {
  /** Belongs to the caller, who closes it after the store. */
  readonly database: MongoDatabase;
  readonly digest: Digest;
  readonly clock: Clock;
}

/** The store on MongoDB. Any number of processes may share one database. */
export function openMongoStore(options: MongoStoreOptions): Store {
  return new MongoStore(options);
}

/** What a list of records is read from and as. */
interface RecordKind<T> {
  readonly from: MongoCollectionName;
  readonly schema: z.ZodType<T>;
  readonly what: string;
}

const PLANS: RecordKind<PlanRecord> = { from: 'plans', schema: planRecordSchema, what: 'plan' };
const VOTES: RecordKind<Vote> = { from: 'votes', schema: voteSchema, what: 'vote on plan' };
const INTENTS: RecordKind<Intent> = { from: 'intents', schema: intentSchema, what: 'intent' };
const CONVERSATIONS: RecordKind<Conversation> = {
  from: 'conversations',
  schema: conversationSchema,
  what: 'conversation',
};
const REQUESTS: RecordKind<Request> = { from: 'requests', schema: requestSchema, what: 'request' };
const MESSAGES: RecordKind<Message> = { from: 'messages', schema: messageSchema, what: 'message' };
const DELEGATIONS: RecordKind<Delegation> = {
  from: 'delegations',
  schema: delegationSchema,
  what: 'delegation',
};
const HEALING_CASES: RecordKind<HealingCase> = {
  from: 'healingCases',
  schema: healingCaseSchema,
  what: 'case of self-healing',
};
const DEFAULTS: RecordKind<Defaults> = { from: 'defaults', schema: defaultsSchema, what: 'defaults' };

class MongoStore implements Store {
  readonly #database: MongoDatabase;
  readonly #digest: Digest;
  readonly #clock: Clock;
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();
  /** Settles when the commits that were asked for have ended. */
  #lastCommit: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({ database, digest, clock }: MongoStoreOptions) {
    this.#database = database;
    this.#digest = digest;
    this.#clock = clock;
  }

  /** One after the other, in the order of asking: commits of one process never stand in each other's way. */
  async commit(changes: readonly StoreChange[]): Promise<CommitResult> {
    this.#requireOpen();
    const commit = this.#lastCommit.then(() => this.#commitNow(changes));
    this.#lastCommit = commit.catch(() => 'its caller is told');
    return await commit;
  }

  onCommit(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  findPlan(id: PlanId): Promise<PlanRecord | undefined> {
    return this.#find(PLANS, { _id: id });
  }

  async listPlans(query: PlanQuery): Promise<readonly PlanRecord[]> {
    const { statuses, conversationId, createdSince, awaitsReview, limit } = query;
    const where = {
      status: statuses === undefined ? undefined : oneOf(statuses),
      conversationId,
      createdAt: createdSince === undefined ? undefined : atLeast(createdSince),
      awaitsReview,
    };
    return this.#list(PLANS, where, { sort: { createdAt: -1, sequence: -1 }, limit });
  }

  listVotes(planId: PlanId): Promise<readonly Vote[]> {
    return this.#list(VOTES, { planId }, OLDEST_FIRST);
  }

  listIntents(planId: PlanId): Promise<readonly Intent[]> {
    return this.#list(INTENTS, { planId }, OLDEST_FIRST);
  }

  listDelegations(at: number): Promise<readonly Delegation[]> {
    return this.#list(DELEGATIONS, { until: above(at) }, OLDEST_FIRST);
  }

  findHealingCase(id: HealingCaseId): Promise<HealingCase | undefined> {
    return this.#find(HEALING_CASES, { _id: id });
  }

  listHealingCases({ cluster, statuses, limit }: HealingCaseQuery): Promise<readonly HealingCase[]> {
    const where = { cluster, status: statuses === undefined ? undefined : oneOf(statuses) };
    return this.#list(HEALING_CASES, where, { sort: { lastSeenAt: -1, _id: 1 }, limit });
  }

  findConversation(id: ConversationId): Promise<Conversation | undefined> {
    return this.#find(CONVERSATIONS, { _id: id });
  }

  findConversationAt(place: ConversationPlace): Promise<Conversation | undefined> {
    return this.#find(CONVERSATIONS, { place: canonicalJson(place) });
  }

  findRequest(id: RequestId): Promise<Request | undefined> {
    return this.#find(REQUESTS, { _id: id });
  }

  listOpenRequests(receivedBefore: number, limit: number): Promise<readonly Request[]> {
    const where = { status: 'open', receivedAt: below(receivedBefore) };
    return this.#list(REQUESTS, where, { sort: { receivedAt: 1, sequence: 1 }, limit });
  }

  listOpenRequestsOf(conversationId: ConversationId): Promise<readonly Request[]> {
    const where = { conversationId, status: 'open' };
    return this.#list(REQUESTS, where, { sort: { receivedAt: 1, sequence: 1 } });
  }

  findMessage(id: MessageId): Promise<Message | undefined> {
    return this.#find(MESSAGES, { _id: id });
  }

  listMessages(conversationId: ConversationId, since = 0): Promise<readonly Message[]> {
    const where = { conversationId, at: atLeast(since) };
    return this.#list(MESSAGES, where, { sort: { at: 1, sequence: 1 } });
  }

  listMessagesOfPlan(planId: PlanId): Promise<readonly Message[]> {
    return this.#list(MESSAGES, { planId }, { sort: { at: 1, sequence: 1 } });
  }

  async listBehind(limit: number): Promise<readonly Message[]> {
    this.#requireOpen();
    const ids = await listBehindIds(this.#database, limit);
    return this.#list(MESSAGES, { _id: oneOf(ids) }, { sort: { sequence: -1 } });
  }

  async listOutbox(limit: number): Promise<readonly OutboxEntry[]> {
    const rows = await this.#collection('outbox').find({ takenAt: null }, { ...OLDEST_FIRST, limit });
    return rows.map((row) => {
      const sequence = Number(row['sequence']);
      return { sequence, job: readRecord(jobRequestSchema, row['job'], 'outbox entry', sequence) };
    });
  }

  async removeOutbox(sequences: readonly number[]): Promise<void> {
    const outbox = this.#collection('outbox');
    const now = this.#clock.now();
    await outbox.update({ takenAt: null, sequence: oneOf(sequences) }, { takenAt: now });
    await outbox.remove({ takenAt: below(now - OUTBOX_KEPT_MS) });
  }

  findDefaults(scope: string): Promise<Defaults | undefined> {
    return this.#find(DEFAULTS, { _id: scope });
  }

  async readFreeze(): Promise<FreezeState> {
    this.#requireOpen();
    return await readFreeze(this.#database);
  }

  async listAudit(afterSequence: number, limit: number): Promise<readonly AuditRecord[]> {
    return (await this.#page('audit', afterSequence, limit)).map(toAuditRecord);
  }

  async listRecentAudit(query: AuditQuery): Promise<readonly AuditRecord[]> {
    const where = recentAuditConditions(query);
    const rows = await this.#collection('audit').find(where, { sort: { _id: -1 }, limit: query.limit });
    return rows.map(toAuditRecord);
  }

  async listAuditHeads(afterSequence: number, limit: number): Promise<readonly SignedAuditHead[]> {
    return (await this.#page('auditHeads', afterSequence, limit)).map(toAuditHead);
  }

  async findLastAuditHead(): Promise<SignedAuditHead | undefined> {
    this.#requireOpen();
    return await findLastHead(this.#database);
  }

  async listAuditRemovals(afterSequence: number, limit: number): Promise<readonly AuditRemoval[]> {
    return (await this.#page('auditRemovals', afterSequence, limit)).map(toAuditRemoval);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    await this.#lastCommit;
  }

  async #commitNow(changes: readonly StoreChange[]): Promise<CommitResult> {
    if (changes.length === 0) return { kind: 'committed' };
    const result = await this.#database.transaction(
      (collections) => this.#apply(collections, changes),
      ({ kind }) => kind === 'committed',
    );
    if (result.kind === 'committed') this.#announce(changes);
    return result;
  }

  async #apply(collections: MongoCollections, changes: readonly StoreChange[]): Promise<CommitResult> {
    const { firstSequence, tail } = await takeTurn(collections, changes.length);
    const start = tail.head;
    const common = { collections, digest: this.#digest, now: this.#clock.now(), tail };
    for (const [index, change] of changes.entries()) {
      const outcome = await applyChange({ ...common, sequence: firstSequence + index }, change);
      if (outcome !== 'applied') return { kind: 'conflict', change, reason: outcome };
    }
    if (tail.head !== start) await endTurn(collections, tail);
    return { kind: 'committed' };
  }

  #announce(changes: readonly StoreChange[]): void {
    // A listener that throws must not make a commit that holds look failed: it surfaces as an uncaught error.
    for (const listener of this.#listeners) queueMicrotask(() => listener(changes));
  }

  async #find<T>(kind: RecordKind<T>, where: MongoConditions): Promise<T | undefined> {
    const [first] = await this.#list(kind, where, { limit: 1 });
    return first;
  }

  async #list<T>(
    { from, schema, what }: RecordKind<T>,
    where: MongoConditions,
    reading: MongoReading,
  ): Promise<readonly T[]> {
    const rows = await this.#collection(from).find(where, reading);
    return rows.map((row) => readRecord(schema, row['record'], what, String(row['_id'])));
  }

  #page(from: 'audit' | 'auditHeads' | 'auditRemovals', after: number, limit: number) {
    return this.#collection(from).find({ _id: above(after) }, { sort: { _id: 1 }, limit });
  }

  #collection(name: MongoCollectionName): MongoCollection {
    this.#requireOpen();
    return this.#database.collection(name);
  }

  #requireOpen(): void {
    if (this.#closed) throw new OpsError('unavailable', 'the store is closed', { retryable: false });
  }
}
