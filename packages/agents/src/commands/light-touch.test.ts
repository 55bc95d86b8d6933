import type { Message, MessageId } from '@jamie/core';
import { aMessage, aPlan } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { decideTouch } from './light-touch.ts';

function replied(over: Partial<Extract<Message['body'], { kind: 'reply' }>['reply']>): Message {
  const reply = { tone: 'answer', headline: 'Done.', sections: [], proposals: [], ...over } as const;
  return aMessage({ id: 'message_2' as MessageId, body: { kind: 'reply', reply } });
}

describe('decideTouch', () => {
  it('is silent where the persona is off', () => {
    expect(decideTouch('off', 'thanks', [])).toBeUndefined();
    expect(decideTouch('light', 'thanks', [])).toBe('It beats watching pods restart.');
  });

  it('is silent after an error, and where a plan was shown', () => {
    expect(decideTouch('light', 'thanks', [replied({ tone: 'error' })])).toBeUndefined();
    expect(decideTouch('light', 'thanks', [aMessage({ planId: aPlan().id })])).toBeUndefined();
  });

  it('makes one remark in a conversation, whatever the occasion', () => {
    const remark = decideTouch('light', 'healthy', []) ?? '';
    const before = replied({ sections: [{ kind: 'text', lines: ['Checked 3 objects.', remark] }] });
    expect(decideTouch('light', 'thanks', [before])).toBeUndefined();
    expect(decideTouch('light', 'greeting', [replied({}), before])).toBeUndefined();
  });
});

describe('the persona', () => {
  let world: AgentsWorld;

  beforeEach(() => {
    world = new AgentsWorld({ persona: 'light' });
  });

  afterEach(() => world.destroy());

  const remarks = (reply: Awaited<ReturnType<AgentsWorld['ask']>>) =>
    JSON.stringify(reply).match(/tea|pods restart/g) ?? [];

  it('remarks on the first healthy answer of a conversation, and never again', async () => {
    expect(remarks(await world.ask('why basket -n shop'))).toHaveLength(1);
    expect(remarks(await world.ask('why basket -n shop'))).toEqual([]);
    expect(remarks(await world.ask('thanks'))).toEqual([]);
  });

  it('never remarks where something is wrong', async () => {
    expect(remarks(await world.ask('why checkout -n shop'))).toEqual([]);
    expect(remarks(await world.ask('health shop'))).toEqual([]);
    expect(remarks(await world.ask('why nothing -n shop'))).toEqual([]);
  });

  it('answers thanks and greetings in a word', async () => {
    const reply = await world.ask('thanks');
    expect(reply.headline).toBe('You are welcome.');
    expect(remarks(reply)).toHaveLength(1);
  });
});
