import type { Feedback, MessageId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';
import { FEEDBACK_KIND } from './record-feedback.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function answerId(): Promise<MessageId> {
  await world.ask('why checkout -n shop');
  const conversation = await world.store.findConversationAt(world.place);
  const messages = conversation === undefined ? [] : await world.store.listMessages(conversation.id);
  const last = messages.findLast(({ author }) => author === 'jamie');
  if (last === undefined) throw new Error('no answer');
  return last.id;
}

const record = (feedback: Pick<Feedback, 'messageId' | 'verdict'> & Partial<Feedback>) =>
  createDesk(world.context).recordFeedback({ principal: ADA, ...feedback });

async function recorded() {
  const records = await world.store.listRecentAudit({ kindPrefixes: [FEEDBACK_KIND], limit: 10 });
  return records.map(({ entry }) => entry);
}

describe('feedback', () => {
  it('is kept in the audit with the answer that it is about, without secrets', async () => {
    const messageId = await answerId();
    const comment = 'wrong: the log says password=hunter2secret';
    const result = await record({ messageId, verdict: 'not_helpful', problem: 'wrong', comment });
    expect(result).toEqual({ kind: 'recorded', message: 'Noted. Thank you.' });
    const [entry] = await recorded();
    expect(entry).toMatchObject({
      actor: ADA.id,
      details: { messageId, verdict: 'not_helpful', problem: 'wrong' },
    });
    expect(entry?.details['comment']).toContain('[redacted]');
    expect(JSON.stringify(entry)).not.toContain('hunter2secret');
  });

  it('is kept once where somebody says the same again', async () => {
    const messageId = await answerId();
    await record({ messageId, verdict: 'helpful' });
    expect(await record({ messageId, verdict: 'helpful' })).toMatchObject({ kind: 'repeated' });
    expect(await recorded()).toHaveLength(1);
  });

  it('lets the latest verdict of each person count, and says so', async () => {
    const messageId = await answerId();
    await record({ messageId, verdict: 'not_helpful' });
    const reasoned = { messageId, verdict: 'not_helpful', problem: 'unclear' } as const;
    expect(await record(reasoned)).toMatchObject({
      kind: 'replaced',
      message: expect.stringContaining('in the place of what you said before'),
    });
    expect(await record({ messageId, verdict: 'not_helpful' })).toMatchObject({ kind: 'repeated' });
    const other = { ...ADA, id: 'slack:T1:bob' };
    expect(await record({ messageId, verdict: 'helpful', principal: other })).toMatchObject({
      kind: 'recorded',
    });
    expect(await recorded()).toMatchObject([
      { actor: other.id, details: { verdict: 'helpful' } },
      { actor: ADA.id, details: { problem: 'unclear', replacesEarlier: true } },
      { actor: ADA.id, details: { verdict: 'not_helpful' } },
    ]);
  });

  it('is about answers of ours only', async () => {
    expect(await record({ messageId: 'm_none' as MessageId, verdict: 'helpful' })).toMatchObject({
      kind: 'unknown',
    });
    const messageId = await answerId();
    const asked = messageId.replace('_answer', '_asked') as MessageId;
    expect(await record({ messageId: asked, verdict: 'helpful' })).toMatchObject({ kind: 'unknown' });
    expect(await recorded()).toEqual([]);
  });

  it('is shown by audit as what was thought of it, without anybody’s own words', async () => {
    const messageId = await answerId();
    await record({ messageId, verdict: 'not_helpful', problem: 'wrong', comment: 'look at the config map' });
    const shown = JSON.stringify(await world.ask('audit'));
    expect(shown).toContain('"rated an answer","not helpful, it was wrong, with a comment"');
    expect(shown).not.toContain('config map');
  });
});
