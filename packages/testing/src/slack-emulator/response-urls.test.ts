import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

let slack: SlackEmulator;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket', clock });
  await slack.start();
  slack.workspace.addChannel('C1', { botIsMember: false });
  slack.workspace.addUser('U1');
});

afterEach(() => slack.stop());

function urlOfCommand(): string {
  slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
  return String(slack.sent.at(-1)?.payload['response_url']);
}

/** Posts a message with a button, clicks it, and answers with the URL that came along. */
function urlOfClick(): { readonly url: string; readonly ts: string } {
  const element = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
  const { ts } = slack.workspace.addMessage({
    channel: 'C1',
    user: slack.workspace.botUserId,
    isOurs: true,
    text: 'before',
    blocks: [{ type: 'actions', elements: [element] }],
  });
  slack.click({ user: 'U1', channel: 'C1', ts, actionId: 'go' });
  return { url: String(slack.sent.at(-1)?.payload['response_url']), ts };
}

async function respond(url: string, message: object): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
  return [response.status, ((await response.json()) as { error?: string }).error];
}

describe('a response URL', () => {
  it('tells the person alone unless told otherwise, also where the bot is no member', async () => {
    const url = urlOfCommand();
    expect(await respond(url, { text: 'psst' })).toEqual([200, undefined]);
    expect(slack.ephemerals).toMatchObject([{ channel: 'C1', user: 'U1', text: 'psst' }]);
    await respond(url, { text: 'aloud', response_type: 'in_channel' });
    expect(slack.transcript('C1')).toMatchObject([{ text: 'aloud', isOurs: true }]);
    expect(slack.sent.at(-1)?.payload).toMatchObject({ event: { text: 'aloud', bot_id: 'B0JAMIE' } });
  });

  it('works five times', async () => {
    const url = urlOfCommand();
    for (let count = 0; count < 5; count += 1) {
      expect(await respond(url, { text: 'x' })).toEqual([200, undefined]);
    }
    expect(await respond(url, { text: 'x' })).toEqual([404, 'used_url']);
    expect(slack.ephemerals).toHaveLength(5);
  });

  it('works for half an hour', async () => {
    const url = urlOfCommand();
    await clock.advance(30 * 60_000);
    expect(await respond(url, { text: 'x' })).toEqual([200, undefined]);
    await clock.advance(1);
    expect(await respond(url, { text: 'x' })).toEqual([404, 'expired_url']);
  });

  it('replaces and deletes the message that was acted on', async () => {
    const { url, ts } = urlOfClick();
    await respond(url, { text: 'after', replace_original: true });
    expect(slack.transcript('C1')).toMatchObject([{ ts, text: 'after', blocks: [], edits: 1 }]);
    await respond(url, { delete_original: true });
    expect(slack.transcript('C1')).toEqual([]);
    expect(await respond(url, { text: 'x', replace_original: true })).toEqual([404, 'message_not_found']);
  });

  it('replaces what only the person saw', async () => {
    const element = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    await respond(urlOfCommand(), { text: 'x', blocks: [{ type: 'actions', elements: [element] }] });
    slack.click({ user: 'U1', channel: 'C1', ts: slack.ephemerals[0]?.ts ?? '', actionId: 'go' });
    const url = String(slack.sent.at(-1)?.payload['response_url']);
    await respond(url, { text: 'done', replace_original: true });
    expect(slack.ephemerals).toMatchObject([{ text: 'done', blocks: [] }]);
    await respond(url, { delete_original: true });
    expect(slack.ephemerals).toEqual([]);
  });

  it.each([
    ['nothing to say', {}, 400, 'no_text'],
    ['blocks that break the rules', { blocks: [{ type: 'section' }] }, 400, 'invalid_blocks'],
  ])('refuses %s, which is no use', async (_what, message, status, error) => {
    const url = urlOfCommand();
    for (let count = 0; count < 6; count += 1) expect(await respond(url, message)).toEqual([status, error]);
    expect(await respond(url, { text: 'x' })).toEqual([200, undefined]);
  });

  it('is known to nobody else, and fails on demand', async () => {
    const url = urlOfCommand();
    expect(await respond(`${url}7`, { text: 'x' })).toEqual([404, 'invalid_url']);
    slack.failNext('response_url', { kind: 'lost_response' });
    await expect(respond(url, { text: 'x' })).rejects.toThrow();
    expect(slack.ephemerals).toHaveLength(1);
  });
});
