import type {
  ConversationId,
  Message,
  MessageId,
  PlanId,
  PlanRecord,
  RequestId,
  Store,
  StoreChange,
} from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage, aPlan, aPlanRecord, aRequest } from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

/** What a list holds, and in which order. */
export function storeListsContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, lists: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    const commit = async (...changes: readonly StoreChange[]) =>
      expect(await store.commit(changes)).toEqual({ kind: 'committed' });

    const record = (id: string, over: Partial<PlanRecord> & { createdAt: number; at?: string }) =>
      aPlanRecord({
        ...over,
        plan: aPlan({
          id: id as PlanId,
          createdAt: over.createdAt,
          conversationId: (over.at ?? 'conversation_1') as ConversationId,
        }),
      });

    it('lists the messages that Slack shows in an older version, newest first, with the version of their plan', async () => {
      const plan = aPlanRecord({ version: 4 });
      await commit({ kind: 'plan.insert', record: plan });
      const insert = (id: string, slack: Message['slack'], planId?: PlanId) =>
        commit({
          kind: 'message.insert',
          message: aMessage({
            id: id as MessageId,
            version: 3,
            ...(slack !== undefined && { slack }),
            ...(planId !== undefined && { planId }),
          }),
        });
      await insert('m_behind', { ts: '1.1', shownVersion: 2 });
      await insert('m_shown', { ts: '1.2', shownVersion: 3 });
      await insert('m_not_posted', { shownVersion: 0 });
      await insert('m_elsewhere', undefined);
      await insert('m_card_behind', { ts: '1.3', shownVersion: 6 }, plan.plan.id);
      await insert('m_card_shown', { ts: '1.4', shownVersion: 7 }, plan.plan.id);
      const list = async (limit: number) => (await store.listBehind(limit)).map(({ id }) => id);
      expect(await list(10)).toEqual(['m_card_behind', 'm_behind']);
      expect(await list(1)).toEqual(['m_card_behind']);
    });

    it('lists the messages of ours that Slack is to show and does not show yet', async () => {
      const local = aConversation({
        id: 'conversation_2' as ConversationId,
        place: { surface: 'local', key: 'page' },
      });
      for (const conversation of [aConversation(), local]) {
        await commit({ kind: 'conversation.insert', conversation });
      }
      const insert = (id: string, over: Partial<Message> = {}) =>
        commit({ kind: 'message.insert', message: aMessage({ id: id as MessageId, ...over }) });
      await insert('m_new');
      await insert('m_claimed', { slack: { claimedUntil: 7, shownVersion: 0 } });
      await insert('m_asked', { author: 'person' });
      await insert('m_on_page', { conversationId: local.id });
      await insert('m_shown', { version: 2, slack: { ts: '1.1', shownVersion: 2 } });
      expect((await store.listBehind(9)).map(({ id }) => id)).toEqual(['m_claimed', 'm_new']);
    });

    it('lists plans newest first, by status and conversation, up to the limit', async () => {
      const plans = [
        record('p-00000001', { createdAt: 20, status: 'approved' }),
        record('p-00000002', { createdAt: 10, status: 'denied' }),
        record('p-00000003', { createdAt: 30, status: 'executing', at: 'conversation_2' }),
        record('p-00000004', { createdAt: 30, status: 'denied' }),
      ];
      for (const each of plans) await commit({ kind: 'plan.insert', record: each });
      const list = async (query: Parameters<Store['listPlans']>[0]) =>
        (await store.listPlans(query)).map((each) => Number(each.plan.id.slice(-1)));
      expect(await list({ limit: 10 })).toEqual([4, 3, 1, 2]);
      expect(await list({ limit: 2 })).toEqual([4, 3]);
      expect(await list({ limit: 10, statuses: ['approved', 'executing'] })).toEqual([3, 1]);
      expect(await list({ limit: 10, statuses: [] })).toEqual([]);
      expect(await list({ limit: 10, conversationId: 'conversation_1' as ConversationId })).toEqual([
        4, 1, 2,
      ]);
      expect(
        await list({ limit: 1, statuses: ['denied'], conversationId: 'conversation_1' as ConversationId }),
      ).toEqual([4]);
    });

    it('lists the open requests of one conversation, oldest first, until they are answered', async () => {
      const request = (id: string, receivedAt: number, at = 'conversation_1') =>
        aRequest({ id: id as RequestId, receivedAt, conversationId: at as ConversationId });
      const later = request('request_1', 20);
      const all = [later, request('request_2', 10), request('request_3', 20), request('other', 5, 'c2')];
      for (const each of all) await commit({ kind: 'request.insert', request: each });
      const ids = async () =>
        (await store.listOpenRequestsOf('conversation_1' as ConversationId)).map((each) => each.id);
      expect(await ids()).toEqual(['request_2', 'request_1', 'request_3']);
      const answered = { ...later, status: 'answered', version: 2 } as const;
      await commit({ kind: 'request.update', request: answered, expectedVersion: 1 });
      expect(await ids()).toEqual(['request_2', 'request_3']);
    });

    it('follows a plan to its new status', async () => {
      await commit({ kind: 'plan.insert', record: aPlanRecord() });
      await commit({
        kind: 'plan.update',
        record: aPlanRecord({ status: 'denied', version: 2 }),
        expectedVersion: 1,
      });
      expect(await store.listPlans({ statuses: ['awaiting_approval'], limit: 9 })).toEqual([]);
      expect(await store.listPlans({ statuses: ['denied'], limit: 9 })).toHaveLength(1);
    });

    it('lists messages oldest first, equal times in the order of their commits', async () => {
      const times = [30, 10, 10, 20];
      for (const [index, at] of times.entries()) {
        const id = `message_${index}` as MessageId;
        await commit({ kind: 'message.insert', message: aMessage({ id, at }) });
      }
      const ids = (await store.listMessages(aConversation().id)).map((message) => message.id);
      expect(ids).toEqual(['message_1', 'message_2', 'message_3', 'message_0']);
      const recent = await store.listMessages(aConversation().id, 20);
      expect(recent.map((message) => message.id)).toEqual(['message_3', 'message_0']);
    });
  });
}
