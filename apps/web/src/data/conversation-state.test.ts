import type { RequestId, ShownMessage } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PageSubmission } from './api-client.ts';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  openRequests,
  reduceConversation,
} from './conversation-state.ts';

const KEY = 'page-1';
const SUBMISSION: PageSubmission = {
  text: 'health',
  form: 'sentence',
  conversationKey: KEY,
  idempotencyKey: 'once-1',
};

interface Sketch {
  readonly id: string;
  readonly at?: number;
  readonly version?: number;
  readonly author?: 'person' | 'jamie';
  readonly requestId?: string;
  readonly text?: string;
  readonly key?: string;
}

function aShown({
  id,
  at = 1,
  version = 1,
  author = 'jamie',
  requestId = 'req_1',
  text = 'hello',
  key = KEY,
}: Sketch): ShownMessage {
  const message = { id, at, version, author, requestId, body: { kind: 'text', text } };
  return {
    message,
    conversation: { place: { surface: 'local', key } },
  } as unknown as ShownMessage;
}

function after(...events: readonly ConversationEvent[]): ConversationState {
  return events.reduce(reduceConversation, emptyConversation(KEY));
}

const shown = (...sketches: readonly Sketch[]): ConversationEvent => ({
  kind: 'shown',
  messages: sketches.map(aShown),
});
const ids = (state: ConversationState): readonly string[] => state.shown.map(({ message }) => message.id);

describe('reduceConversation', () => {
  it('shows each message once, however often it comes', () => {
    expect(
      ids(after(shown({ id: 'a' }), shown({ id: 'a' }, { id: 'b', at: 2 }), shown({ id: 'b', at: 2 }))),
    ).toEqual(['a', 'b']);
  });

  it('keeps the newest version when an older one arrives later', () => {
    const state = after(
      shown({ id: 'a', version: 3, text: 'new' }),
      shown({ id: 'a', version: 2, text: 'old' }),
    );
    expect(state.shown[0]?.message.body).toEqual({ kind: 'text', text: 'new' });
  });

  it('keeps the identity of a message whose version has not changed, so that it is not painted again', () => {
    const before = after(shown({ id: 'a' }));
    expect(reduceConversation(before, shown({ id: 'a' })).shown).toBe(before.shown);
  });

  it('orders by time, and messages of the same moment as the server listed them', () => {
    const state = after(shown({ id: 'late', at: 9 }), shown({ id: 'z', at: 1 }, { id: 'a', at: 1 }));
    expect(ids(state)).toEqual(['z', 'a', 'late']);
  });

  it('ignores messages of another conversation', () => {
    expect(ids(after(shown({ id: 'a', key: 'page-2' })))).toEqual([]);
  });

  it('ends with the same messages whatever the order, overlap and repetition of what arrives', () => {
    const sketch = fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(sketch), fc.array(fc.nat()), (sketches, cuts) => {
        const newest = new Map<string, number>();
        for (const { id, version } of sketches) newest.set(id, Math.max(version, newest.get(id) ?? 0));
        const batches = cuts.map((cut) => shown(...sketches.slice(0, cut % (sketches.length + 1))));
        const state = after(...batches, shown(...sketches), ...batches);
        const versions = new Map(state.shown.map(({ message }) => [String(message.id), message.version]));
        expect(versions).toEqual(newest);
        expect(state.shown.length).toBe(newest.size);
      }),
    );
  });

  it('replaces what is being sent by the message that it becomes, whichever is known first', () => {
    const sending: ConversationEvent = { kind: 'sending', submission: SUBMISSION, at: 1 };
    const accepted: ConversationEvent = {
      kind: 'accepted',
      idempotencyKey: 'once-1',
      requestId: 'req_1' as RequestId,
    };
    const message = shown({ id: 'a', author: 'person', requestId: 'req_1', text: 'health' });
    for (const order of [
      [sending, accepted, message],
      [sending, message, accepted],
    ]) {
      const state = after(...order);
      expect(ids(state)).toEqual(['a']);
      expect(state.pending).toEqual([]);
    }
  });

  it('recognises a submission as arrived when its answer was lost but its message is shown', () => {
    const failed: ConversationEvent = {
      kind: 'failed',
      idempotencyKey: 'once-1',
      failure: { kind: 'failed', isKnown: false, message: 'no answer' },
    };
    const state = after({ kind: 'sending', submission: SUBMISSION, at: 1 }, failed);
    expect(state.pending).toHaveLength(1);
    const next = reduceConversation(state, shown({ id: 'a', author: 'person', text: 'health' }));
    expect(next.pending).toEqual([]);
  });

  it('does not take an old message with the same words for a new submission', () => {
    const old = shown({ id: 'a', author: 'person', text: 'health' });
    const state = after(old, { kind: 'sending', submission: SUBMISSION, at: 2 }, old);
    expect(state.pending).toHaveLength(1);
  });

  it('counts one message for one of two equal submissions', () => {
    const second = { ...SUBMISSION, idempotencyKey: 'once-2' };
    const state = after(
      { kind: 'sending', submission: SUBMISSION, at: 1 },
      { kind: 'sending', submission: second, at: 2 },
      shown({ id: 'a', author: 'person', text: 'health' }),
    );
    expect(state.pending.map(({ submission }) => submission.idempotencyKey)).toEqual(['once-2']);
  });

  it('sends again under the old key without a second entry', () => {
    const sending: ConversationEvent = { kind: 'sending', submission: SUBMISSION, at: 1 };
    expect(after(sending, sending).pending).toHaveLength(1);
  });

  it('calls a line lost only once it has been live', () => {
    const lost: ConversationEvent = { kind: 'connection', connection: 'lost' };
    expect(after(lost).connection).toBe('connecting');
    expect(after({ kind: 'connection', connection: 'live' }, lost).connection).toBe('lost');
  });
});

describe('openRequests', () => {
  it('names what was asked and not answered', () => {
    const state = after(
      shown(
        { id: 'a', author: 'person', requestId: 'req_1' },
        { id: 'b', author: 'jamie', requestId: 'req_1' },
        { id: 'c', author: 'person', requestId: 'req_2' },
      ),
    );
    expect(openRequests(state)).toEqual(['req_2']);
  });

  it('counts a request as open from the moment at which it is accepted', () => {
    const state = after(
      { kind: 'sending', submission: SUBMISSION, at: 1 },
      { kind: 'accepted', idempotencyKey: 'once-1', requestId: 'req_7' as RequestId },
    );
    expect(openRequests(state)).toEqual(['req_7']);
  });
});
