import { signSlackRequest } from '@jamie/testing';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

let world: BotWorld;

afterEach(async () => {
  await world.end();
});

const answers = () => world.slack.transcript('C1').filter((message) => message.isOurs);

describe('the bot over Socket Mode when the connection misbehaves', () => {
  it('survives null frames, duplicates, a socket cut in mid-acknowledgement and a refused token', async () => {
    world = await createBotWorld({ mode: 'socket', ackTimeoutMs: 150, retryDelaysMs: [0, 50, 100] });
    const { slack } = world;
    slack.hub.sendRaw('null');
    slack.hub.sendRaw('not json');
    slack.hub.sendRaw('{"type":"events_api","envelope_id":"e1"}');
    slack.hub.duplicateNext();
    slack.mention({ user: 'U1', channel: 'C1', text: 'one' });
    await slack.waitFor(() => answers()[0]);

    slack.hub.dropAtNextAck();
    slack.mention({ user: 'U1', channel: 'C1', text: 'two' });
    await slack.waitFor(() => answers()[1]);

    slack.setAcceptsAppToken(false);
    slack.hub.cutAll();
    slack.mention({ user: 'U1', channel: 'C1', text: 'three' });
    await world.until(() => world.bot.health().kind === 'down');
    slack.setAcceptsAppToken(true);
    await slack.waitFor(() => answers()[2]);
    await slack.waitFor(() => slack.hub.pending === 0);
    await world.settle();

    expect(world.desk.submissions.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(answers()).toHaveLength(3);
    expect(world.bot.health()).toEqual({ kind: 'connected' });
  });

  it('loses and doubles nothing while Slack refreshes the connection again and again', async () => {
    world = await createBotWorld({ mode: 'socket', ackTimeoutMs: 300, retryDelaysMs: [0, 50, 100] });
    const { slack } = world;
    for (let count = 0; count < 30; count += 1) {
      slack.say({ user: 'U1', channel: 'D1', text: `message ${count}` });
      if (count % 10 === 5) slack.hub.refresh('refresh_requested', 20);
      if (count % 10 === 9) await slack.waitFor(() => slack.hub.pending === 0);
    }
    const told = () => slack.transcript('D1').filter((message) => message.isOurs);
    await slack.waitFor(() => told().length === 30);
    await world.settle();
    expect(new Set(world.desk.submissions.map(({ text }) => text)).size).toBe(30);
    expect(world.desk.submissions).toHaveLength(30);
  });

  it('reacts to the message where the workspace has no agent surface', async () => {
    world = await createBotWorld({ mode: 'socket', hasAgentSurface: false });
    const ts = world.slack.mention({ user: 'U1', channel: 'C1', text: 'why?' });
    await world.slack.waitFor(() => answers()[0]);
    expect(world.slack.workspace.findMessage('C1', ts)?.reactions).toEqual(['eyes']);
  });
});

describe('the bot over HTTP when requests are not what they seem', () => {
  it('refuses forged, stale and future requests and takes a replayed one once', async () => {
    world = await createBotWorld({ mode: 'http' });
    const { slack } = world;
    slack.mention({ user: 'U1', channel: 'C1', text: 'real' });
    await slack.waitFor(() => answers()[0]);
    const body = JSON.stringify(slack.sent[0]?.payload);
    const fromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
    const post = async (timestamp: number, signature: string) => {
      const response = await fetch(`http://127.0.0.1:${world.bot.port}/slack/events`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': signature,
        },
      });
      return response.status;
    };
    const signedAt = (at: number) => post(at, signSlackRequest(slack.signingSecret, at, body));
    expect(await post(fromNow(0), `v0=${'0'.repeat(64)}`)).toBe(401);
    expect(await post(fromNow(0), 'v0=short')).toBe(401);
    expect(await signedAt(fromNow(-330))).toBe(401);
    expect(await signedAt(fromNow(330))).toBe(401);
    expect(await signedAt(fromNow(-270))).toBe(200);
    expect(await signedAt(fromNow(270))).toBe(200);
    await world.settle();
    expect(world.desk.submissions).toHaveLength(1);
  });
});

describe('a bot whose tokens Slack refuses', () => {
  it('does not start, and says which token to set', async () => {
    world = await createBotWorld({ mode: 'socket' });
    world.slack.setAcceptsAppToken(false);
    await expect(world.restart()).rejects.toMatchObject({
      code: 'forbidden',
      userMessage: expect.stringContaining('SLACK_APP_TOKEN'),
    });
    world.slack.setAcceptsBotToken(false);
    await expect(world.restart()).rejects.toMatchObject({
      code: 'forbidden',
      userMessage: expect.stringContaining('SLACK_BOT_TOKEN'),
    });
  });
});
