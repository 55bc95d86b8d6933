import type { PlanStatus, ShownMessage } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProgressWorld } from './slack-progress.fixture.ts';

let world: ProgressWorld;

beforeEach(async () => {
  world = new ProgressWorld();
  await world.start();
});

afterEach(() => world.stop());

const statusOfSession = () => world.slack.workspace.agent.sessions.get(`C1:${world.threadTs}`)?.status;

function card(status: PlanStatus, version: number, ts?: string): ShownMessage {
  const shown = world.answer('Scale checkout to 5.', { planId: 'p-00000001' as never });
  return {
    ...shown,
    message: {
      ...shown.message,
      version,
      ...(ts !== undefined && { slack: { ts, shownVersion: version - 1 } }),
    },
    card: {
      planId: 'p-00000001' as never,
      planHash: 'hash',
      headline: 'Scale checkout to 5',
      diff: '',
      status,
      tier: 'low',
      statusLine: 'Waits for one approval.',
      facts: [],
      warnings: [],
      votes: [],
      actions: [],
    },
  };
}

describe('createAnswerStreams', () => {
  it('suspends the session while a plan waits for somebody, and lets it rest afterwards', async () => {
    const { notifier } = world.process();
    const { ts } = await notifier.show(card('awaiting_approval', 1));
    expect(statusOfSession()).toBe('suspended');
    await notifier.show(card('approved', 2, ts));
    expect(statusOfSession()).toBe('active');
  });

  it('posts a card beside the stream in which it was planned, and leaves the session waiting', async () => {
    const { begin, notifier } = world.process();
    const progress = begin();
    progress.step('Comparing with the live object');
    await world.slack.waitFor(() => world.called('chat.startStream') > 0);
    await progress.end();
    await notifier.show(card('awaiting_approval', 1));
    const [stream, posted] = world.ours;
    expect(stream?.stream?.state).toBe('stopped');
    expect(posted?.stream).toBeUndefined();
    expect(statusOfSession()).toBe('suspended');
  });

  it('asks once of a workspace that has no sessions', async () => {
    world.slack.failNext('agents.sessions.setStatus', { kind: 'error', error: 'feature_disabled' });
    const { notifier } = world.process();
    const { ts } = await notifier.show(card('awaiting_approval', 1));
    await notifier.show(card('approved', 2, ts));
    await notifier.show(card('awaiting_approval', 3, ts));
    const asked = world.slack.calls.filter(({ method }) => method === 'agents.sessions.setStatus');
    expect(asked.length).toBeLessThanOrEqual(1);
  });
});
