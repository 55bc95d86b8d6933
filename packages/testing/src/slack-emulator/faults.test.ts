import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiWorld, createApiWorld } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld();
});

afterEach(() => world.end());

const post = () => world.client.chat.postMessage({ channel: 'C1', text: 'x' });
const posted = () => world.slack.transcript('C1').length - 1;

describe('an ordered fault', () => {
  it('cuts the connection before the effect, or after it', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'reset' });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(posted()).toBe(0);
    world.slack.failNext('chat.postMessage', { kind: 'lost_response' });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(posted()).toBe(1);
  });

  it('is answered with a status, a wait or a word, as often as it was ordered', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'http_status', status: 503 }, 2);
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    world.slack.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'fatal_error' });
    await expect(post()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    expect(posted()).toBe(0);
    await post();
    expect(posted()).toBe(1);
  });

  it('is slow on the clock of the emulator', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'slow', delayMs: 5_000 });
    const answered = post();
    await world.clock.untilSleeping();
    expect(posted()).toBe(0);
    await world.clock.advance(5_000);
    await answered;
    expect(posted()).toBe(1);
  });
});

describe('faults by chance', () => {
  async function failures(seed: number, share: number): Promise<string> {
    world.slack.failNoMore();
    world.slack.failRandomly({
      method: 'chat.postMessage',
      seed,
      share,
      kinds: [{ kind: 'http_status', status: 500 }, { kind: 'reset' }],
    });
    let seen = '';
    for (let count = 0; count < 100; count += 1) {
      seen += await post().then(
        () => '.',
        (error: { readonly statusCode?: number }) => (error.statusCode === 500 ? 's' : 'r'),
      );
    }
    return seen;
  }

  it('are the same for the same seed, of every kind, and about as many as asked for', async () => {
    const first = await failures(7, 0.3);
    expect(await failures(7, 0.3)).toBe(first);
    expect(await failures(8, 0.3)).not.toBe(first);
    const failed = first.replaceAll('.', '');
    expect(failed.length).toBeGreaterThan(15);
    expect(failed.length).toBeLessThan(45);
    expect(failed).toContain('s');
    expect(failed).toContain('r');
  });

  it('leave other methods alone', async () => {
    world.slack.failRandomly({ method: 'chat.update', seed: 1, share: 1, kinds: [{ kind: 'reset' }] });
    await post();
    world.slack.failRandomly({ seed: 1, share: 1, kinds: [{ kind: 'error', error: 'fatal_error' }] });
    await expect(post()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    await expect(world.client.auth.test()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
  });
});
