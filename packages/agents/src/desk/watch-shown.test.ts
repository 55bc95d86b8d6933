import type { MessageId, ShownMessage, Store } from '@jamie/core';
import { aConversation, aMessage } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { watchShown } from './watch-shown.ts';

let world: AgentsWorld;
let reads: number;
let store: Store;

beforeEach(async () => {
  world = new AgentsWorld();
  reads = 0;
  const real = world.store;
  store = {
    commit: (changes) => real.commit(changes),
    onCommit: (listener) => real.onCommit(listener),
    findConversation: (id) => {
      reads += 1;
      return real.findConversation(id);
    },
    findRequest: (id) => real.findRequest(id),
    findMessage: (id) => real.findMessage(id),
    listMessages: (id, since) => real.listMessages(id, since),
  } as Store;
  await store.commit([{ kind: 'conversation.insert', conversation: aConversation() }]);
});

afterEach(() => world.destroy());

/** Commits a message and lets it be told. */
async function say(id: string): Promise<void> {
  const conversationId = aConversation().id;
  const message = aMessage({ id: id as MessageId, conversationId });
  await store.commit([{ kind: 'message.insert', message }]);
  await new Promise((resolve) => setImmediate(resolve));
}

describe('watchShown', () => {
  it('tells everybody who listens, and reads each message once for all of them', async () => {
    const onShown = watchShown(store, world.context.logger);
    const heard: string[] = [];
    onShown(({ message }) => heard.push(`one ${message.id}`));
    onShown(({ message }) => heard.push(`other ${message.id}`));
    await say('m_1');
    expect(heard).toEqual(['one m_1', 'other m_1']);
    expect(reads).toBe(1);
  });

  it('goes on for the others when one stops, and reads nothing once nobody listens', async () => {
    const onShown = watchShown(store, world.context.logger);
    const heard: string[] = [];
    const hear = ({ message }: ShownMessage) => heard.push(message.id);
    const [stopOne, stopOther] = [onShown(hear), onShown(hear)];
    stopOne();
    stopOne();
    await say('m_1');
    stopOther();
    await say('m_2');
    expect(heard).toEqual(['m_1']);
    expect(reads).toBe(1);
    onShown(hear);
    await say('m_3');
    expect(heard).toEqual(['m_1', 'm_3']);
  });
});
