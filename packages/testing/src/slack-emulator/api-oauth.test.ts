import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld({ rotatesTokens: true });
  world.slack.addWorkspace('T2');
});

afterEach(() => world.end());

/** What an installer knows: no token, the app's own credentials. */
function access(args: Readonly<Record<string, string>>, secret = world.slack.client.secret) {
  const client = new WebClient(undefined, { slackApiUrl: world.slack.apiUrl, retryConfig: { retries: 0 } });
  return client.oauth.v2.access({ client_id: world.slack.client.id, client_secret: secret, ...args });
}

const approve = () => world.slack.approveInstall({ user: 'U2', team: 'T2' });
const install = () => access({ code: approve() });
const refresh = (token: string | undefined) =>
  access({ grant_type: 'refresh_token', refresh_token: token ?? '' });
const eventTypes = () =>
  world.slack.sent.map(({ payload }) => (payload['event'] as { readonly type?: string }).type);

describe('an installation', () => {
  it('opens the workspace in which somebody agreed to it, and no other', async () => {
    const installed = await install();
    expect(installed).toMatchObject({
      ok: true,
      token_type: 'bot',
      bot_user_id: 'U2BOT',
      authed_user: { id: 'U2' },
      team: { id: 'T2' },
      is_enterprise_install: false,
      expires_in: 43_200,
    });
    expect(installed.scope).toContain('chat:write');
    const second = world.clientOf(installed.access_token ?? '');
    expect(await second.auth.test()).toMatchObject({ team_id: 'T2', user_id: 'U2BOT' });
    expect(await world.client.auth.test()).toMatchObject({ team_id: 'T0EMULATE' });
    expect(await refusalOf(second.chat.postMessage({ channel: 'C1', text: 'x' }))).toMatchObject({
      error: 'channel_not_found',
    });
  });

  it('takes a code once, within ten minutes, from the app alone', async () => {
    const [used, old, stolen] = [approve(), approve(), approve()];
    await access({ code: used });
    expect(await refusalOf(access({ code: used }))).toMatchObject({ error: 'code_already_used' });
    await world.clock.advance(600_001);
    expect(await refusalOf(access({ code: old }))).toMatchObject({ error: 'invalid_code' });
    expect(await refusalOf(access({ code: stolen }, 'guess'))).toMatchObject({ error: 'bad_client_secret' });
    expect(await refusalOf(access({ grant_type: 'password' }))).toMatchObject({
      error: 'invalid_grant_type',
    });
  });

  it('gives a token without an end where tokens do not rotate', async () => {
    const plain = await createApiWorld();
    const code = plain.slack.approveInstall({ user: 'U1' });
    const { id, secret } = plain.slack.client;
    const installed = await plain.client.oauth.v2.access({ client_id: id, client_secret: secret, code });
    expect(installed.refresh_token).toBeUndefined();
    await plain.clock.advance(100 * 86_400_000);
    expect(await plain.clientOf(installed.access_token ?? '').auth.test()).toMatchObject({ ok: true });
    await plain.end();
  });
});

describe('the rotation of tokens', () => {
  it('gives fresh tokens for the refresh token, once', async () => {
    const first = await install();
    const second = await refresh(first.refresh_token);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await refusalOf(refresh(first.refresh_token))).toMatchObject({ error: 'invalid_refresh_token' });
    expect(await world.clientOf(second.access_token ?? '').auth.test()).toMatchObject({ team_id: 'T2' });
  });

  it('ends a token after twelve hours', async () => {
    const installed = await install();
    const client = world.clientOf(installed.access_token ?? '');
    await world.clock.advance(43_199_999);
    expect(await client.auth.test()).toMatchObject({ ok: true });
    await world.clock.advance(1);
    expect(await refusalOf(client.auth.test())).toMatchObject({ error: 'token_expired' });
    const fresh = await refresh(installed.refresh_token);
    expect(await world.clientOf(fresh.access_token ?? '').auth.test()).toMatchObject({ ok: true });
  });
});

describe('the end of an installation', () => {
  it('ends every token of the workspace and tells the app; a new one does not bring the old ones back', async () => {
    const installed = await install();
    const client = world.clientOf(installed.access_token ?? '');
    const { id, secret } = world.slack.client;
    expect(await refusalOf(client.apps.uninstall({ client_id: id, client_secret: 'guess' }))).toMatchObject({
      error: 'bad_client_secret',
    });
    await client.apps.uninstall({ client_id: id, client_secret: secret });
    expect(eventTypes().slice(-2)).toEqual(['tokens_revoked', 'app_uninstalled']);
    expect(await refusalOf(client.auth.test())).toMatchObject({ error: 'account_inactive' });
    expect(await refusalOf(refresh(installed.refresh_token))).toMatchObject({
      error: 'invalid_refresh_token',
    });
    const again = await install();
    expect(await world.clientOf(again.access_token ?? '').auth.test()).toMatchObject({ team_id: 'T2' });
    expect(await refusalOf(client.auth.test())).toMatchObject({ error: 'account_inactive' });
    expect(await world.client.auth.test()).toMatchObject({ ok: true });
  });

  it('may be that of one token', async () => {
    expect(await world.client.auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await world.client.auth.revoke()).toMatchObject({ revoked: true });
    expect(await refusalOf(world.client.auth.test())).toMatchObject({ error: 'token_revoked' });
  });

  it('can be ordered with any of the words of Slack', async () => {
    for (const error of ['token_revoked', 'account_inactive', 'token_expired', 'invalid_auth'] as const) {
      world.slack.setAcceptsBotToken(false, error);
      expect(await refusalOf(world.client.auth.test())).toMatchObject({ error });
    }
    world.slack.setAcceptsBotToken(true);
    expect(await world.client.auth.test()).toMatchObject({ ok: true });
  });
});

describe('two workspaces of one Slack', () => {
  it('keep their people, channels and messages apart, and share no identifier', async () => {
    const [one, two] = world.slack.workspaces;
    const client = world.clientOf((await install()).access_token ?? '');
    two?.addChannel('C1');
    await world.client.chat.postMessage({ channel: 'C1', text: 'one' });
    await client.chat.postMessage({ channel: 'C1', text: 'two' });
    expect(one.messagesOf('C1').at(-1)?.text).toBe('one');
    expect(two?.messagesOf('C1').map(({ text }) => text)).toEqual(['two']);
    const ids = world.slack.sent.map(({ payload }) => payload['event_id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toMatchObject([
      { teamId: 'T0EMULATE' },
      { teamId: 'T2' },
    ]);
  });

  it('may have granted different scopes', async () => {
    const client = world.clientOf((await install()).access_token ?? '');
    expect(await refusalOf(client.team.info())).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'team:read',
      provided: expect.stringContaining('app_mentions:read,') as unknown,
      response_metadata: expect.anything() as unknown,
    });
    world.slack.workspaces[1]?.scopes.add('team:read');
    const answer = await client.team.info();
    expect(answer).toMatchObject({ team: { id: 'T2', domain: 't2' } });
    expect(answer.response_metadata?.scopes).toContain('team:read');
  });
});
