import { assertNever, type Digest, type StoreChange } from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { appendAudit, appendHead, removeAudit } from './audit-changes.ts';
import {
  insertConversation,
  insertMessage,
  insertRequest,
  updateConversation,
  updateMessage,
  updateRequest,
} from './conversation-changes.ts';
import { putDefaults } from './defaults-changes.ts';
import { putDelegation } from './delegation-changes.ts';
import { addToOutbox, expectFreeze, finishDelivery, putFreeze } from './effect-changes.ts';
import { putHealingCase } from './healing-changes.ts';
import { completeIntent, insertIntent, insertPlan, insertVote, updatePlan } from './plan-changes.ts';

export interface ChangeContext {
  readonly digest: Digest;
  readonly now: number;
}

/** Applies one change within the transaction under way, or says why it cannot. */
export function applyChange(database: Database, change: StoreChange, context: ChangeContext): ChangeOutcome {
  switch (change.kind) {
    case 'plan.insert':
      return insertPlan(database, change.record);
    case 'plan.update':
      return updatePlan(database, change.record, change.expectedVersion);
    case 'vote.insert':
      return insertVote(database, change.vote);
    case 'intent.insert':
      return insertIntent(database, change.intent);
    case 'intent.complete':
      return completeIntent(database, change.id, change);
    case 'conversation.insert':
      return insertConversation(database, change.conversation);
    case 'conversation.update':
      return updateConversation(database, change.conversation, change.expectedVersion);
    case 'request.insert':
      return insertRequest(database, change.request);
    case 'request.update':
      return updateRequest(database, change.request, change.expectedVersion);
    case 'message.insert':
      return insertMessage(database, change.message);
    case 'message.update':
      return updateMessage(database, change.message, change.expectedVersion);
    case 'inbox.finish':
      return finishDelivery(database, change.id, context.now);
    case 'outbox.add':
      return addToOutbox(database, change.job);
    case 'audit.append':
      return appendAudit(database, change.entry, context.digest);
    case 'audit.sign_head':
      return appendHead(database, change.head);
    case 'audit.remove':
      return removeAudit(database, change.removal);
    case 'delegation.put':
      return putDelegation(database, change.delegation, change.expectedVersion);
    case 'healing.put':
      return putHealingCase(database, change.healingCase, change.expectedVersion);
    case 'defaults.put':
      return putDefaults(database, change.defaults, change.expectedVersion);
    case 'freeze.put':
      return putFreeze(database, change.state, change.expectedVersion);
    case 'freeze.expect':
      return expectFreeze(database, change.version);
    default:
      return assertNever(change);
  }
}
