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
import type { Database, SqlRow, SqlValue } from '@jamie/database';
import type { z } from 'zod';
import { delegationSchema } from '../records/approval-schema.ts';
import { conversationSchema, messageSchema, requestSchema } from '../records/conversation-schemas.ts';
import { defaultsSchema, jobRequestSchema } from '../records/effect-schemas.ts';
import { healingCaseSchema } from '../records/healing-schema.ts';
import { intentSchema, planRecordSchema, voteSchema } from '../records/plan-record-schema.ts';
import { readAuditRow, readHeadRow, readRemovalRow } from '../records/read-audit-rows.ts';
import { readRecord } from '../records/read-record.ts';
import { applyChange } from './apply-change.ts';
import { readFreeze } from './effect-changes.ts';
import { findLastHead } from './find-last-head.ts';
import { GroupCommit } from './group-commit.ts';
import { healingCaseQuery } from './healing-changes.ts';
import { recentAuditQuery } from './recent-audit-query.ts';

/** How far back messages are looked through that Slack may show in an older version. */
const NEWEST_MESSAGES = 5_000;
/** As the index on it has it. */
const AWAITS_REVIEW = `json_valid(record)
  AND CASE WHEN json_valid(record) THEN json_extract(record, '$.breakGlass') END IS NOT NULL
  AND CASE WHEN json_valid(record) THEN json_extract(record, '$.breakGlass.review') END IS NULL`;
/** How long a deduplication id outlives its job's way to the queue. */
const OUTBOX_KEPT_MS = 24 * 60 * 60 * 1_000;

export interface SqliteStoreOptions {
  /** Belongs to the caller, who closes it after the store. */
  readonly database: Database;
  readonly digest: Digest;
  readonly clock: Clock;
}

/** The store on SQLite. Several, each on its own connection, may share one file. */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  return new SqliteStore(options);
}

class SqliteStore implements Store {
  readonly #database: Database;
  readonly #digest: Digest;
  readonly #clock: Clock;
  readonly #commits: GroupCommit;
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();
  #closed = false;

  constructor({ database, digest, clock }: SqliteStoreOptions) {
    this.#database = database;
    this.#digest = digest;
    this.#clock = clock;
    this.#commits = new GroupCommit({
      database,
      apply: (changes) => this.#apply(changes),
      onCommitted: (changes) => this.#announce(changes),
    });
  }

  async commit(changes: readonly StoreChange[]): Promise<CommitResult> {
    this.#requireOpen();
    return await this.#commits.add(changes);
  }

  onCommit(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async findPlan(id: PlanId): Promise<PlanRecord | undefined> {
    return this.#find(planRecordSchema, 'plan', 'SELECT id, record FROM plans WHERE id = ?', id);
  }

  async listPlans(query: PlanQuery): Promise<readonly PlanRecord[]> {
    const conditions: string[] = [];
    const values: SqlValue[] = [];
    if (query.statuses !== undefined) {
      conditions.push('status IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(query.statuses));
    }
    if (query.conversationId !== undefined) {
      conditions.push('conversation_id = ?');
      values.push(query.conversationId);
    }
    if (query.createdSince !== undefined) {
      conditions.push('created_at >= ?');
      values.push(query.createdSince);
    }
    if (query.awaitsReview === true) {
      conditions.push(AWAITS_REVIEW);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const sql = `SELECT id, record FROM plans ${where} ORDER BY created_at DESC, sequence DESC LIMIT ?`;
    return this.#list(planRecordSchema, 'plan', sql, ...values, query.limit);
  }

  async listVotes(planId: PlanId): Promise<readonly Vote[]> {
    const sql = 'SELECT plan_id AS id, record FROM votes WHERE plan_id = ? ORDER BY sequence';
    return this.#list(voteSchema, 'vote on plan', sql, planId);
  }

  async listIntents(planId: PlanId): Promise<readonly Intent[]> {
    const sql = 'SELECT id, record FROM intents WHERE plan_id = ? ORDER BY sequence';
    return this.#list(intentSchema, 'intent', sql, planId);
  }

  async listDelegations(at: number): Promise<readonly Delegation[]> {
    const sql = 'SELECT id, record FROM delegations WHERE until > ? ORDER BY rowid';
    return this.#list(delegationSchema, 'delegation', sql, at);
  }

  async findHealingCase(id: HealingCaseId): Promise<HealingCase | undefined> {
    const sql = 'SELECT id, record FROM healing_cases WHERE id = ?';
    return this.#find(healingCaseSchema, 'case of self-healing', sql, id);
  }

  async listHealingCases(query: HealingCaseQuery): Promise<readonly HealingCase[]> {
    const { sql, values } = healingCaseQuery(query);
    return this.#list(healingCaseSchema, 'case of self-healing', sql, ...values);
  }

  async findConversation(id: ConversationId): Promise<Conversation | undefined> {
    const sql = 'SELECT id, record FROM conversations WHERE id = ?';
    return this.#find(conversationSchema, 'conversation', sql, id);
  }

  async findConversationAt(place: ConversationPlace): Promise<Conversation | undefined> {
    const sql = 'SELECT id, record FROM conversations WHERE place = ?';
    return this.#find(conversationSchema, 'conversation', sql, canonicalJson(place));
  }

  async findRequest(id: RequestId): Promise<Request | undefined> {
    return this.#find(requestSchema, 'request', 'SELECT id, record FROM requests WHERE id = ?', id);
  }

  async listOpenRequests(receivedBefore: number, limit: number): Promise<readonly Request[]> {
    const sql = `SELECT id, record FROM requests
      WHERE json_extract(record, '$.status') = 'open' AND json_extract(record, '$.receivedAt') < ?
      ORDER BY json_extract(record, '$.receivedAt') LIMIT ?`;
    return this.#list(requestSchema, 'request', sql, receivedBefore, limit);
  }

  async listOpenRequestsOf(conversationId: ConversationId): Promise<readonly Request[]> {
    const sql = `SELECT id, record FROM requests
      WHERE json_extract(record, '$.status') = 'open' AND json_extract(record, '$.conversationId') = ?
      ORDER BY json_extract(record, '$.receivedAt'), rowid`;
    return this.#list(requestSchema, 'request', sql, conversationId);
  }

  async findMessage(id: MessageId): Promise<Message | undefined> {
    return this.#find(messageSchema, 'message', 'SELECT id, record FROM messages WHERE id = ?', id);
  }

  async listMessages(conversationId: ConversationId, since = 0): Promise<readonly Message[]> {
    const sql = 'SELECT id, record FROM messages WHERE conversation_id = ? AND at >= ? ORDER BY at, sequence';
    return this.#list(messageSchema, 'message', sql, conversationId, since);
  }

  async listMessagesOfPlan(planId: PlanId): Promise<readonly Message[]> {
    const sql = 'SELECT id, record FROM messages WHERE plan_id = ? ORDER BY at, sequence';
    return this.#list(messageSchema, 'message', sql, planId);
  }

  async listBehind(limit: number): Promise<readonly Message[]> {
    const sql = `SELECT messages.id, messages.record FROM messages
      LEFT JOIN plans ON plans.id = messages.plan_id
      LEFT JOIN conversations ON conversations.id = messages.conversation_id
      WHERE messages.sequence > (SELECT max(sequence) FROM messages) - ?
        AND json_extract(messages.record, '$.author') <> 'person'
        AND CASE WHEN json_extract(messages.record, '$.slack.ts') IS NULL
          THEN json_extract(conversations.record, '$.place.surface') = 'slack'
          ELSE json_extract(messages.record, '$.slack.shownVersion')
            < messages.version + coalesce(plans.version, 0) END
      ORDER BY messages.sequence DESC LIMIT ?`;
    return this.#list(messageSchema, 'message', sql, NEWEST_MESSAGES, limit);
  }

  async listOutbox(limit: number): Promise<readonly OutboxEntry[]> {
    const sql = 'SELECT sequence, job FROM outbox WHERE taken_at IS NULL ORDER BY sequence LIMIT ?';
    return this.#rows(sql, limit).map((row) => {
      const sequence = Number(row['sequence']);
      return { sequence, job: readRecord(jobRequestSchema, row['job'], 'outbox entry', sequence) };
    });
  }

  async removeOutbox(sequences: readonly number[]): Promise<void> {
    this.#requireOpen();
    const now = this.#clock.now();
    // An entry that a power cut brings back is known again by the queue.
    this.#database.unsynced(() => {
      this.#database.run(
        'UPDATE outbox SET taken_at = ? WHERE taken_at IS NULL AND sequence IN (SELECT value FROM json_each(?))',
        ...[now, JSON.stringify(sequences)],
      );
      this.#database.run('DELETE FROM outbox WHERE taken_at < ?', now - OUTBOX_KEPT_MS);
    });
  }

  async findDefaults(scope: string): Promise<Defaults | undefined> {
    const sql = 'SELECT scope AS id, record FROM defaults WHERE scope = ?';
    return this.#find(defaultsSchema, 'defaults', sql, scope);
  }

  async readFreeze(): Promise<FreezeState> {
    this.#requireOpen();
    return readFreeze(this.#database);
  }

  async listAudit(afterSequence: number, limit: number): Promise<readonly AuditRecord[]> {
    const sql = 'SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?';
    return this.#rows(sql, afterSequence, limit).map(readAuditRow);
  }

  async listRecentAudit(query: AuditQuery): Promise<readonly AuditRecord[]> {
    const { sql, values } = recentAuditQuery(query);
    return this.#rows(sql, ...values).map(readAuditRow);
  }

  async listAuditHeads(afterSequence: number, limit: number): Promise<readonly SignedAuditHead[]> {
    const sql = 'SELECT * FROM audit_heads WHERE sequence > ? ORDER BY sequence LIMIT ?';
    return this.#rows(sql, afterSequence, limit).map(readHeadRow);
  }

  async findLastAuditHead(): Promise<SignedAuditHead | undefined> {
    this.#requireOpen();
    return findLastHead(this.#database);
  }

  async listAuditRemovals(afterSequence: number, limit: number): Promise<readonly AuditRemoval[]> {
    const sql = 'SELECT * FROM audit_removals WHERE up_to > ? ORDER BY up_to LIMIT ?';
    return this.#rows(sql, afterSequence, limit).map(readRemovalRow);
  }

  async close(): Promise<void> {
    this.#commits.flush();
    this.#closed = true;
    this.#listeners.clear();
  }

  #apply(changes: readonly StoreChange[]): CommitResult {
    const context = { digest: this.#digest, now: this.#clock.now() };
    for (const change of changes) {
      const outcome = applyChange(this.#database, change, context);
      if (outcome !== 'applied') return { kind: 'conflict', change, reason: outcome };
    }
    return { kind: 'committed' };
  }

  #announce(changes: readonly StoreChange[]): void {
    // In a turn of its own: whoever waits for the commit goes on first, and what a listener throws surfaces as an
    // uncaught error instead of making a commit that holds look failed.
    for (const listener of this.#listeners) {
      setImmediate(() => {
        if (this.#listeners.has(listener)) listener(changes);
      });
    }
  }

  #find<T>(schema: z.ZodType<T>, what: string, sql: string, ...values: readonly SqlValue[]): T | undefined {
    return this.#list(schema, what, sql, ...values)[0];
  }

  #list<T>(schema: z.ZodType<T>, what: string, sql: string, ...values: readonly SqlValue[]): readonly T[] {
    return this.#rows(sql, ...values).map((row) =>
      readRecord(schema, row['record'], what, String(row['id'])),
    );
  }

  #rows(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    this.#requireOpen();
    return this.#database.all(sql, ...values);
  }

  #requireOpen(): void {
    if (this.#closed) throw new OpsError('unavailable', 'the store is closed', { retryable: false });
  }
}
