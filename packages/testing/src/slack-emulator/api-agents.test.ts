import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;
let thread: { readonly channel_id: string; readonly thread_ts: string };

beforeEach(async () => {
  world = await createApiWorld();
  thread = { channel_id: 'C1', thread_ts: world.root };
});

afterEach(() => world.end());

const key = () => `C1:${world.root}`;

describe('a status', () => {
  it('keeps its text and loading messages, and goes by itself after two minutes', async () => {
    const { client, clock, slack } = world;
    const line = { status: 'is looking', loading_messages: ['Reading pods', 'Reading events'] };
    await client.assistant.threads.setStatus({ ...thread, ...line });
    expect(slack.workspace.statuses.get(key())).toMatchObject({
      text: 'is looking',
      loadingMessages: ['Reading pods', 'Reading events'],
    });
    await clock.advance(119_999);
    expect(slack.workspace.statuses.size).toBe(1);
    await clock.advance(1);
    expect(slack.workspace.statuses.entries()).toEqual([]);
  });

  it('goes with the answer and with an empty status', async () => {
    const { client, root, slack } = world;
    await client.assistant.threads.setStatus({ ...thread, status: 'is looking' });
    await client.assistant.threads.setStatus({ ...thread, status: '' });
    expect(slack.workspace.statuses.size).toBe(0);
    await client.assistant.threads.setStatus({ ...thread, status: 'is looking' });
    await client.chat.postMessage({ channel: 'C1', thread_ts: root, text: 'because' });
    expect(slack.workspace.statuses.size).toBe(0);
  });

  it('takes ten loading messages', async () => {
    const loading_messages = Array.from({ length: 11 }, (_, count) => `${count}`);
    const call = world.client.assistant.threads.setStatus({ ...thread, status: 'x', loading_messages });
    expect(await refusalOf(call)).toMatchObject({ error: 'invalid_arguments' });
  });
});

describe('a session', () => {
  it('keeps its status and the title that it began with, until it is renamed', async () => {
    const { client, slack } = world;
    const { sessions } = slack.workspace.agent;
    await client.agents.sessions.setStatus({ ...thread, status: 'processing', title: 'Checkout' });
    await client.agents.sessions.setStatus({ ...thread, status: 'suspended', title: 'ignored' });
    expect(sessions.get(key())).toEqual({ status: 'suspended', title: 'Checkout' });
    expect(await client.agents.sessions.rename({ ...thread, title: 'Checkout is down' })).toMatchObject({
      title: 'Checkout is down',
    });
    expect(sessions.get(key())).toEqual({ status: 'suspended', title: 'Checkout is down' });
  });

  it('warns an app that does not hear of stops', async () => {
    const deaf = await createApiWorld({ hearsSessionStops: false });
    const answer = await deaf.client.agents.sessions.setStatus({
      channel_id: 'C1',
      thread_ts: deaf.root,
      status: 'processing',
    });
    expect(answer).toMatchObject({
      ok: true,
      warning: 'missing_agent_session_stopped_event_subscription',
      response_metadata: { warnings: ['missing_agent_session_stopped_event_subscription'] },
    });
    await deaf.end();
  });

  it('refuses other words, long titles and unknown threads', async () => {
    const { sessions } = world.client.agents;
    expect(await refusalOf(sessions.setStatus({ ...thread, status: 'busy' }))).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await refusalOf(sessions.rename({ ...thread, title: 'x'.repeat(201) }))).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await refusalOf(sessions.rename({ ...thread, title: 'x' }))).toMatchObject({
      error: 'session_not_found',
    });
    expect(
      await refusalOf(sessions.setStatus({ channel_id: 'C1', thread_ts: '9.9', status: 'active' })),
    ).toMatchObject({ error: 'invalid_thread_ts' });
  });
});

describe('titles and prompts', () => {
  it('are kept by thread, prompts also for the whole Messages tab', async () => {
    const { client, root, slack } = world;
    const prompts: [{ title: string; message: string }] = [{ title: 'Check Health', message: 'health' }];
    await client.assistant.threads.setTitle({ ...thread, title: 'Checkout' });
    await client.assistant.threads.setSuggestedPrompts({ channel_id: 'D1', prompts, title: 'Ask me' });
    expect(slack.workspace.agent.titles.get(`C1:${root}`)).toBe('Checkout');
    expect(slack.workspace.agent.prompts.get('D1')).toEqual({ title: 'Ask me', prompts });
    const five = Array.from({ length: 5 }, () => prompts[0]) as typeof prompts;
    expect(
      await refusalOf(client.assistant.threads.setSuggestedPrompts({ channel_id: 'D1', prompts: five })),
    ).toMatchObject({ error: 'invalid_arguments' });
  });

  it('are not there without an agent surface', async () => {
    const bare = await createApiWorld({ hasAgentSurface: false });
    const place = { channel_id: 'C1', thread_ts: bare.root };
    const { threads } = bare.client.assistant;
    expect(await refusalOf(threads.setTitle({ ...place, title: 'x' }))).toMatchObject({
      error: 'not_agent_app',
    });
    expect(
      await refusalOf(bare.client.agents.sessions.setStatus({ ...place, status: 'active' })),
    ).toMatchObject({ error: 'feature_disabled' });
    await bare.end();
  });
});
