import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { API_METHODS } from './api-methods.ts';
import { type ApiWorld, createApiWorld } from './api-world.fixture.ts';
import { hasTier } from './tiers.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld({ enforceTiers: true });
  world.slack.workspace.addChannel('C2');
});

afterEach(() => world.end());

/** How many of these calls go through before one is refused; and how long Slack then says to wait, in seconds. */
async function untilRefused(call: () => Promise<unknown>): Promise<readonly [number, number]> {
  for (let count = 0; count < 1_000; count += 1) {
    try {
      await call();
    } catch (error) {
      return [count, (error as { readonly retryAfter: number }).retryAfter];
    }
  }
  throw new Error('nothing was refused');
}

describe('the limits of the Web API', () => {
  it.each([
    ['tier 2', 20, () => world.client.conversations.list()],
    ['tier 3', 50, () => world.client.conversations.info({ channel: 'C1' })],
    ['tier 4', 100, () => world.client.users.info({ user: 'U1' })],
  ])('let %s pass %i times a minute', async (_tier, expected, call) => {
    expect(await untilRefused(call)).toEqual([expected, 60]);
    await world.clock.advance(59_000);
    expect(await untilRefused(call)).toEqual([0, 1]);
    await world.clock.advance(1_000);
    await call();
  });

  it('count each method and each workspace for itself', async () => {
    await untilRefused(() => world.client.conversations.list());
    await world.client.users.list({});
    const second = world.slack.addWorkspace('T2');
    const { accessToken } = world.slack.tokens.issue(second, false);
    await world.clientOf(accessToken).conversations.list();
  });

  it('let one post a second through in each channel, and a short burst before that', async () => {
    const say = (channel: string) => () => world.client.chat.postMessage({ channel, text: 'x' });
    expect(await untilRefused(say('C1'))).toEqual([3, 1]);
    expect(await untilRefused(say('C2'))).toEqual([3, 1]);
    for (let count = 0; count < 5; count += 1) {
      await world.clock.advance(1_000);
      expect(await untilRefused(say('C1'))).toEqual([1, 1]);
    }
  });

  it('refuse without an effect', async () => {
    await untilRefused(() => world.client.chat.postMessage({ channel: 'C2', text: 'x' }));
    expect(world.slack.transcript('C2')).toHaveLength(3);
  });

  it('are not enforced unless a test asks for them', async () => {
    const lax = await createApiWorld();
    for (let count = 0; count < 25; count += 1) await lax.client.conversations.list();
    await lax.end();
  });

  it('name every method but the one that opens sockets', () => {
    expect(Object.keys(API_METHODS).filter((method) => !hasTier(method))).toEqual(['apps.connections.open']);
  });
});
