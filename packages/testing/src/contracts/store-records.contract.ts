import type { ConversationId, Message, MessageId, PlanId, Store, StoreChange } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aConversation,
  aDefaults,
  aJobRequest,
  aMessage,
  anAuditEntry,
  anIntent,
  aPlan,
  aPlanRecord,
  aPrincipal,
  aRequest,
  aVote,
} from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

/** Round trips, uniqueness, compare-and-set, all or nothing. */
export function storeRecordsContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, records: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    const commit = async (...changes: readonly StoreChange[]) =>
      expect(await store.commit(changes)).toEqual({ kind: 'committed' });

    describe('round trips', () => {
      it('gives back every kind of record as it was written, on another connection too', async () => {
        const conversation = aConversation({ cluster: 'prod-eu', focus: { kind: 'Node', name: 'n1' } });
        const request = aRequest();
        const message = aMessage({ planId: 'p-4k7d2m9q' as PlanId, slack: { shownVersion: 0 } });
        const asking = anAskingMessage();
        const record = aPlanRecord({
          lease: { owner: 'worker_1', epoch: 3, expiresAt: 5 },
          decidedBy: aPrincipal(),
        });
        const vote = aVote({ reason: 'looks right' });
        const intent = anIntent();
        await commit(
          { kind: 'conversation.insert', conversation },
          { kind: 'request.insert', request },
          { kind: 'message.insert', message },
          { kind: 'message.insert', message: asking },
          { kind: 'plan.insert', record },
          { kind: 'vote.insert', vote },
          { kind: 'intent.insert', intent },
        );
        for (const each of [store, await subject.openSecondStore()]) {
          expect(await each.findConversation(conversation.id)).toEqual(conversation);
          expect(await each.findConversationAt(conversation.place)).toEqual(conversation);
          expect(await each.listOpenRequests(request.receivedAt + 1, 10)).toEqual([request]);
          expect(await each.listOpenRequests(request.receivedAt, 10)).toEqual([]);
          expect(await each.listOpenRequestsOf(conversation.id)).toEqual([request]);
          expect(await each.findRequest(request.id)).toEqual(request);
          expect(await each.findMessage(message.id)).toEqual(message);
          expect(await each.findMessage(asking.id)).toEqual(asking);
          expect(await each.listMessages(conversation.id)).toEqual([message, asking]);
          expect(await each.listMessagesOfPlan(record.plan.id)).toEqual([message]);
          expect(await each.findPlan(record.plan.id)).toEqual(record);
          expect(await each.listVotes(record.plan.id)).toEqual([vote]);
          expect(await each.listIntents(record.plan.id)).toEqual([intent]);
        }
      });

      it('finds nothing where nothing was written', async () => {
        expect(await store.findPlan('p-00000000' as PlanId)).toBeUndefined();
        expect(await store.findMessage('message_9' as MessageId)).toBeUndefined();
        expect(await store.findConversationAt({ surface: 'local', key: 'nobody' })).toBeUndefined();
        expect(await store.listPlans({ limit: 10 })).toEqual([]);
        expect(await store.listOutbox(10)).toEqual([]);
        expect(await store.listAudit(0, 10)).toEqual([]);
      });

      it('keeps any text that JSON can hold', async () => {
        const text = 'quote " back \\ nul \u0000 lone \ud800 emoji 🚢 </script> \u2028';
        await commit({ kind: 'request.insert', request: aRequest({ text }) });
        expect((await store.findRequest(aRequest().id))?.text).toBe(text);
      });

      it('finds a conversation by its place however the place is spelt', async () => {
        const place = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.5' } as const;
        await commit({ kind: 'conversation.insert', conversation: aConversation({ place }) });
        const turned = { threadTs: '1.5', channelId: 'C1', teamId: 'T1', surface: 'slack' } as const;
        expect((await store.findConversationAt(turned))?.place).toEqual(place);
      });
    });

    describe('uniqueness', () => {
      const cases: readonly (readonly [string, StoreChange, StoreChange])[] = [
        [
          'a plan',
          { kind: 'plan.insert', record: aPlanRecord() },
          { kind: 'plan.insert', record: aPlanRecord({ status: 'approved' }) },
        ],
        [
          'a vote of one person on one plan',
          { kind: 'vote.insert', vote: aVote() },
          { kind: 'vote.insert', vote: aVote({ decision: 'deny' }) },
        ],
        [
          'an intent of one plan, phase and step',
          { kind: 'intent.insert', intent: anIntent() },
          { kind: 'intent.insert', intent: anIntent({ id: 'intent_2' as never, epoch: 2 }) },
        ],
        [
          'an intent id',
          { kind: 'intent.insert', intent: anIntent() },
          { kind: 'intent.insert', intent: anIntent({ stepId: 'other' }) },
        ],
        [
          'a conversation at one place',
          { kind: 'conversation.insert', conversation: aConversation() },
          {
            kind: 'conversation.insert',
            conversation: aConversation({
              id: 'conversation_2' as ConversationId,
              place: aConversation().place,
            }),
          },
        ],
        [
          'a request',
          { kind: 'request.insert', request: aRequest() },
          { kind: 'request.insert', request: aRequest({ text: 'another' }) },
        ],
        [
          'a message',
          { kind: 'message.insert', message: aMessage() },
          { kind: 'message.insert', message: aMessage({ at: 1 }) },
        ],
      ];
      it.each(cases)('refuses a second insert of %s', async (_what, first, second) => {
        await commit(first);
        expect(await store.commit([second])).toEqual({
          kind: 'conflict',
          change: second,
          reason: 'already_exists',
        });
      });

      it('counts votes of different people on one plan, in their order', async () => {
        const votes = ['U2', 'U1', 'U3'].map((id) => aVote({ principal: aPrincipal({ id }) }));
        for (const vote of votes) await commit({ kind: 'vote.insert', vote });
        expect(await store.listVotes(aVote().planId)).toEqual(votes);
      });

      it('keeps the teams of a person and what kind of identity it is', async () => {
        const principal = aPrincipal({ teams: ['payments-leads', 'sre'], source: 'automation' });
        await commit({ kind: 'vote.insert', vote: aVote({ principal }) });
        expect(await store.listVotes(aVote().planId)).toEqual([aVote({ principal })]);
      });
    });

    describe('compare-and-set', () => {
      const updated = (version: number, reason = 'moved on') => aPlanRecord({ version, reason });

      beforeEach(() => commit({ kind: 'plan.insert', record: aPlanRecord() }));

      it('updates a record of the expected version', async () => {
        await commit({ kind: 'plan.update', record: updated(2), expectedVersion: 1 });
        expect(await store.findPlan(updated(2).plan.id)).toEqual(updated(2));
      });

      it('leaves a record of another version alone', async () => {
        const change = { kind: 'plan.update', record: updated(3), expectedVersion: 2 } as const;
        expect(await store.commit([change])).toEqual({
          kind: 'conflict',
          change,
          reason: 'version_mismatch',
        });
        expect((await store.findPlan(updated(1).plan.id))?.version).toBe(1);
      });

      it('does not make a record that is not there', async () => {
        const record = aPlanRecord({ plan: aPlan({ id: 'p-00000000' as PlanId }), version: 2 });
        const change = { kind: 'plan.update', record, expectedVersion: 1 } as const;
        expect(await store.commit([change])).toEqual({ kind: 'conflict', change, reason: 'not_found' });
      });

      it('refuses an update that does not carry the next version', async () => {
        const change = { kind: 'plan.update', record: updated(3), expectedVersion: 1 } as const;
        await expect(store.commit([change])).rejects.toMatchObject({ code: 'invalid_input' });
      });

      it('updates conversations, requests and messages in the same way', async () => {
        await commit(
          { kind: 'conversation.insert', conversation: aConversation() },
          { kind: 'request.insert', request: aRequest() },
          { kind: 'message.insert', message: aMessage() },
        );
        const changes: readonly StoreChange[] = [
          {
            kind: 'conversation.update',
            conversation: aConversation({ version: 2, cluster: 'dev' }),
            expectedVersion: 1,
          },
          {
            kind: 'request.update',
            request: aRequest({ version: 2, status: 'answered' }),
            expectedVersion: 1,
          },
          {
            kind: 'message.update',
            message: aMessage({ version: 2, slack: { ts: '1', shownVersion: 1 } }),
            expectedVersion: 1,
          },
        ];
        for (const change of changes) {
          await commit(change);
          expect(await store.commit([change])).toEqual({
            kind: 'conflict',
            change,
            reason: 'version_mismatch',
          });
        }
        expect((await store.findConversation(aConversation().id))?.cluster).toBe('dev');
        expect((await store.findRequest(aRequest().id))?.status).toBe('answered');
        expect((await store.findMessage(aMessage().id))?.slack?.ts).toBe('1');
      });

      it('lets exactly one of two connections win the same update', async () => {
        const second = await subject.openSecondStore();
        let version = 1;
        for (let round = 0; round < 20; round += 1) {
          const attempts = [store, second].map((each, index) =>
            each.commit([
              {
                kind: 'plan.update',
                record: updated(version + 1, `writer ${index}`),
                expectedVersion: version,
              },
            ]),
          );
          const kinds = (await Promise.all(attempts)).map((result) => result.kind).sort();
          expect(kinds).toEqual(['committed', 'conflict']);
          version += 1;
        }
        expect((await second.findPlan(updated(1).plan.id))?.version).toBe(21);
      });

      it('lets exactly one of many updates on one connection win', async () => {
        const attempts = Array.from({ length: 10 }, (_, index) =>
          store.commit([{ kind: 'plan.update', record: updated(2, `writer ${index}`), expectedVersion: 1 }]),
        );
        const results = await Promise.all(attempts);
        expect(results.filter((result) => result.kind === 'committed')).toHaveLength(1);
      });
    });

    describe('intents', () => {
      const outcome = { kind: 'applied', resourceVersion: '42' } as const;
      const complete = { kind: 'intent.complete', id: anIntent().id, outcome, completedAt: 9 } as const;

      it('completes an intent once', async () => {
        await commit({ kind: 'intent.insert', intent: anIntent() });
        await commit(complete);
        const other = { ...complete, outcome: { kind: 'not_applied', reason: 'conflict' } } as const;
        expect(await store.commit([other])).toMatchObject({ kind: 'conflict', reason: 'version_mismatch' });
        expect(await store.listIntents(anIntent().planId)).toEqual([
          { ...anIntent(), outcome, completedAt: 9 },
        ]);
      });

      it('does not complete an intent that was never written', async () => {
        expect(await store.commit([complete])).toMatchObject({ kind: 'conflict', reason: 'not_found' });
      });
    });

    describe('all or nothing', () => {
      const conflicting: StoreChange = { kind: 'freeze.expect', version: 99 };
      const everything = (): readonly StoreChange[] => [
        { kind: 'conversation.insert', conversation: aConversation() },
        { kind: 'request.insert', request: aRequest() },
        { kind: 'message.insert', message: aMessage() },
        { kind: 'plan.insert', record: aPlanRecord() },
        { kind: 'vote.insert', vote: aVote() },
        { kind: 'intent.insert', intent: anIntent() },
        { kind: 'outbox.add', job: aJobRequest() },
        { kind: 'audit.append', entry: anAuditEntry() },
        { kind: 'defaults.put', defaults: aDefaults(), expectedVersion: 0 },
        { kind: 'freeze.put', state: { frozen: true, reason: 'x', at: 1, version: 1 }, expectedVersion: 0 },
      ];
      const expectNothing = async () => {
        expect(await store.findConversation(aConversation().id)).toBeUndefined();
        expect(await store.findRequest(aRequest().id)).toBeUndefined();
        expect(await store.findMessage(aMessage().id)).toBeUndefined();
        expect(await store.findPlan(aPlan().id)).toBeUndefined();
        expect(await store.listVotes(aPlan().id)).toEqual([]);
        expect(await store.listIntents(aPlan().id)).toEqual([]);
        expect(await store.listOutbox(10)).toEqual([]);
        expect(await store.listAudit(0, 10)).toEqual([]);
        expect(await store.findDefaults(aDefaults().scope)).toBeUndefined();
        expect((await store.readFreeze()).version).toBe(0);
      };

      it('writes nothing of a commit whose last change conflicts', async () => {
        expect(await store.commit([...everything(), conflicting])).toMatchObject({
          kind: 'conflict',
          change: conflicting,
        });
        await expectNothing();
      });

      it('writes nothing of a commit that cannot be written down', async () => {
        const broken: StoreChange = {
          kind: 'audit.append',
          entry: anAuditEntry({ details: { share: Number.NaN } }),
        };
        await expect(store.commit([...everything(), broken])).rejects.toMatchObject({
          code: 'invalid_input',
        });
        await expectNothing();
      });

      it('keeps the neighbours of a commit that fails in the same moment', async () => {
        const results = await Promise.allSettled([
          store.commit([{ kind: 'request.insert', request: aRequest() }]),
          store.commit([{ kind: 'message.insert', message: aMessage() }, conflicting]),
          store.commit([
            { kind: 'vote.insert', vote: aVote() },
            { kind: 'plan.update', record: aPlanRecord(), expectedVersion: 5 },
          ]),
          store.commit([{ kind: 'intent.insert', intent: anIntent() }]),
        ]);
        expect(results.map((each) => (each.status === 'fulfilled' ? each.value.kind : 'rejected'))).toEqual([
          'committed',
          'conflict',
          'rejected',
          'committed',
        ]);
        expect(await store.findRequest(aRequest().id)).toBeDefined();
        expect(await store.listIntents(aPlan().id)).toHaveLength(1);
        expect(await store.findMessage(aMessage().id)).toBeUndefined();
        expect(await store.listVotes(aPlan().id)).toEqual([]);
      });

      it('commits nothing at all without complaint', async () => {
        await commit();
      });
    });
  });
}

/** A reply with everything that is optional in one. */
function anAskingMessage(): Message {
  const option = { label: 'payments/checkout', command: 'why checkout -n payments' };
  const reply = {
    tone: 'answer',
    headline: 'Which one?',
    sections: [],
    proposals: [],
    choice: { prompt: 'Choose one.', options: [option] },
    followUps: [option],
    files: [{ name: 'checkout.log', title: 'The log of checkout', text: 'listening' }],
    referenceId: 'ref_1',
  } as const;
  return aMessage({ id: 'message_2' as MessageId, body: { kind: 'reply', reply } });
}
