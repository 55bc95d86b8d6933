import { assertNever, type StoreChange } from '@jamie/core';
import type { ChangeOutcome } from '../change-outcome.ts';
import { appendAudit, appendHead, removeAudit } from './audit-changes.ts';
import type { ChangeContext } from './change-context.ts';
import {
  insertConversation,
  insertMessage,
  insertRequest,
  updateConversation,
  updateMessage,
  updateRequest,
} from './conversation-changes.ts';
import {
  addToOutbox,
  expectFreeze,
  finishDelivery,
  putDefaults,
  putDelegation,
  putFreeze,
  putHealingCase,
} from './effect-changes.ts';
import { completeIntent, insertIntent, insertPlan, insertVote, updatePlan } from './plan-changes.ts';

/** Applies one change within the transaction under way, or says why it cannot. */
export function applyChange(context: ChangeContext, change: StoreChange): Promise<ChangeOutcome> {
  switch (change.kind) {
    case 'plan.insert':
      return insertPlan(context, change.record);
    case 'plan.update':
      return updatePlan(context, change.record, change.expectedVersion);
    case 'vote.insert':
      return insertVote(context, change.vote);
    case 'intent.insert':
      return insertIntent(context, change.intent);
    case 'intent.complete':
      return completeIntent(context, change.id, change);
    case 'conversation.insert':
      return insertConversation(context, change.conversation);
    case 'conversation.update':
      return updateConversation(context, change.conversation, change.expectedVersion);
    case 'request.insert':
      return insertRequest(context, change.request);
    case 'request.update':
      return updateRequest(context, change.request, change.expectedVersion);
    case 'message.insert':
      return insertMessage(context, change.message);
    case 'message.update':
      return updateMessage(context, change.message, change.expectedVersion);
    case 'inbox.finish':
      return finishDelivery(context, change.id);
    case 'outbox.add':
      return addToOutbox(context, change.job);
    case 'audit.append':
      return appendAudit(context, change.entry);
    case 'audit.sign_head':
      return appendHead(context, change.head);
    case 'audit.remove':
      return removeAudit(context, change.removal);
    case 'delegation.put':
      return putDelegation(context, change.delegation, change.expectedVersion);
    case 'healing.put':
      return putHealingCase(context, change.healingCase, change.expectedVersion);
    case 'defaults.put':
      return putDefaults(context, change.defaults, change.expectedVersion);
    case 'freeze.put':
      return putFreeze(context, change.state, change.expectedVersion);
    case 'freeze.expect':
      return expectFreeze(context, change.version);
    default:
      return assertNever(change);
  }
}
