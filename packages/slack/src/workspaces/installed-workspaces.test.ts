import { anInstallation, FakeClock, FakeInstallations, RecordingLogger } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROTATE_AHEAD_MS } from './decide-rotation.ts';
import { createInstalledWorkspaces, type InstalledWorkspaces } from './installed-workspaces.ts';
import { startTokenDesk, type TokenDesk } from './token-desk.fixture.ts';

const INSTALL_URL = 'https://jamie.example.com/slack/install';

let slack: TokenDesk;
let installations: FakeInstallations;
let clock: FakeClock;
let logger: RecordingLogger;
let workspaces: InstalledWorkspaces;

beforeEach(async () => {
  slack = await startTokenDesk();
  installations = new FakeInstallations();
  clock = new FakeClock();
  logger = new RecordingLogger();
  workspaces = create();
});

afterEach(() => slack.stop());

function create(clientSecret = 'secret'): InstalledWorkspaces {
  return createInstalledWorkspaces({
    installations,
    clientId: '1.2',
    clientSecret,
    installUrl: INSTALL_URL,
    slackApiUrl: slack.apiUrl,
    clock,
    logger,
  });
}

/** T1 with a token that ends after so long, and T2 with one that does not. */
async function install(endsInMs: number): Promise<void> {
  slack.alive.add('xoxb-old').add('xoxb-other');
  slack.refreshable.add('xoxe-old');
  const expiresAt = clock.now() + endsInMs;
  const rotating = { botToken: 'xoxb-old', refreshToken: 'xoxe-old', expiresAt };
  await installations.put(anInstallation(rotating), 0);
  await installations.put(anInstallation({ teamId: 'T2', teamName: 'Other', botToken: 'xoxb-other' }), 0);
}

const rotations = () => slack.calls.filter(({ method }) => method === 'oauth.v2.access').length;

describe('a workspace that was installed', () => {
  it('is called with its own token, and says who we are there', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const [first, other] = [await workspaces.find('T1'), await workspaces.find('T2')];
    expect(first).toMatchObject({ teamId: 'T1', botUserId: 'UBOT1', botId: 'BBOT1', botToken: 'xoxb-old' });
    await first.client.auth.test();
    await other.impatientClient.auth.test();
    expect(slack.calls.map(({ token }) => token)).toEqual(['xoxb-old', 'xoxb-other']);
  });

  it('is refused when it is none, with the address at which it becomes one', async () => {
    await expect(workspaces.find('T404')).rejects.toMatchObject({
      code: 'forbidden',
      retryable: false,
      userMessage: expect.stringContaining(INSTALL_URL),
    });
  });

  it('is used as soon as another process has stored it, and no more once it is removed', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const { client } = await workspaces.find('T1');
    await installations.remove('T1');
    slack.alive.delete('xoxb-old');
    slack.deadWord.set('xoxb-old', 'account_inactive');
    await expect(workspaces.find('T1')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(client.auth.test()).rejects.toMatchObject({
      code: 'forbidden',
      userMessage: expect.stringContaining(INSTALL_URL),
    });
    slack.alive.add('xoxb-new');
    await installations.put(anInstallation({ botToken: 'xoxb-new' }), 0);
    const again = await workspaces.find('T1');
    await expect(again.client.auth.test()).resolves.toMatchObject({ ok: true });
  });
});

describe('a token that ends soon', () => {
  it('is rotated once however many ask at the same time, and its successor is stored', async () => {
    await install(ROTATE_AHEAD_MS);
    const found = await Promise.all(Array.from({ length: 10 }, () => workspaces.find('T1')));
    expect(new Set(found.map(({ botToken }) => botToken))).toEqual(new Set(['xoxe.xoxb-1']));
    expect(rotations()).toBe(1);
    expect(await installations.find('T1')).toMatchObject({
      botToken: 'xoxe.xoxb-1',
      refreshToken: 'xoxe-1',
      expiresAt: clock.now() + 43_200_000,
      version: 2,
    });
  });

  it('is rotated once by two processes: the loser reads the token of the winner', async () => {
    await install(0);
    const other = create();
    // The winner's answer is on its way for a while; its refresh token is spent all the same.
    const finding = Promise.all([workspaces.find('T1'), other.find('T1')]);
    let isOver = false;
    void finding.finally(() => {
      isOver = true;
    });
    while (!isOver) await clock.advance(100);
    const tokens = (await finding).map(({ botToken }) => botToken);
    expect(tokens).toEqual(['xoxe.xoxb-1', 'xoxe.xoxb-1']);
    expect(await installations.find('T1')).toMatchObject({ version: 2 });
  });

  it('gives way to a new installation that came during the rotation', async () => {
    await install(0);
    slack.before('oauth.v2.access', () =>
      installations.put(anInstallation({ botToken: 'xoxb-reinstalled', version: 2 }), 1),
    );
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxb-reinstalled' });
  });

  it('stores nothing for a workspace that was removed during the rotation', async () => {
    await install(0);
    slack.before('oauth.v2.access', () => installations.remove('T1'));
    await expect(workspaces.find('T1')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await installations.find('T1')).toBeUndefined();
  });

  it('is not lost when the store is busy just then', async () => {
    await install(0);
    installations.failures = 1;
    const finding = workspaces.find('T1');
    await clock.untilSleeping();
    await clock.advance(100);
    expect(await finding).toMatchObject({ botToken: 'xoxe.xoxb-1' });
    expect(await installations.find('T1')).toMatchObject({ botToken: 'xoxe.xoxb-1' });
    expect(rotations()).toBe(1);
  });

  it('goes on working while Slack cannot rotate it, and is not asked about at every call', async () => {
    await install(ROTATE_AHEAD_MS);
    slack.failWith(503);
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxb-old' });
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxb-old' });
    expect(rotations()).toBe(1);
    slack.failWith(undefined);
    await clock.advance(30_000);
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxe.xoxb-1' });
  });

  it('is an outage and no refusal when it has ended and Slack cannot be reached', async () => {
    await install(0);
    slack.failWith(503);
    await expect(workspaces.find('T1')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    slack.failWith(undefined);
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxe.xoxb-1' });
  });

  it('is renewed by the schedule where nothing happens', async () => {
    await install(ROTATE_AHEAD_MS);
    await workspaces.renewTokens();
    expect(await installations.find('T1')).toMatchObject({ version: 2 });
    expect(await installations.find('T2')).toMatchObject({ version: 1 });
    await workspaces.renewTokens();
    expect(rotations()).toBe(1);
  });
});

describe('a token that Slack calls expired', () => {
  it('is rotated, and the call made again once', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const { client } = await workspaces.find('T1');
    slack.alive.delete('xoxb-old');
    await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
    expect(slack.calls).toEqual([
      { method: 'auth.test', token: 'xoxb-old' },
      { method: 'oauth.v2.access', token: '' },
      { method: 'auth.test', token: 'xoxe.xoxb-1' },
    ]);
  });

  it('is rotated once for many calls', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const { client, impatientClient } = await workspaces.find('T1');
    slack.alive.delete('xoxb-old');
    const clients = [client, impatientClient, client, client];
    await Promise.all(clients.map((each) => each.auth.test()));
    expect(rotations()).toBe(1);
  });

  it('is replaced by what another process stored, without a rotation', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const { client } = await workspaces.find('T1');
    slack.alive.delete('xoxb-old');
    slack.alive.add('xoxb-theirs');
    await installations.put(anInstallation({ botToken: 'xoxb-theirs', version: 2 }), 1);
    await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
    expect(rotations()).toBe(0);
  });

  it('is tried no third time', async () => {
    await install(ROTATE_AHEAD_MS * 2);
    const { client } = await workspaces.find('T1');
    slack.alive.delete('xoxb-old');
    slack.giveDeadTokens();
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'token_expired' } });
    expect(slack.calls).toHaveLength(3);
  });
});

describe('a workspace whose token was revoked', () => {
  beforeEach(async () => {
    await install(ROTATE_AHEAD_MS * 2);
    slack.alive.delete('xoxb-old');
    slack.deadWord.set('xoxb-old', 'token_revoked');
  });

  it('is refused with words that say who can do what, and is not asked again and again', async () => {
    const { client } = await workspaces.find('T1');
    const refusal = {
      code: 'forbidden',
      userMessage: expect.stringMatching(/Acme \(T1\).+token was revoked.+install.+\/slack\/install/u),
      details: { teamId: 'T1', slackError: 'token_revoked' },
    };
    await expect(client.auth.test()).rejects.toMatchObject(refusal);
    await expect(workspaces.find('T1')).rejects.toMatchObject(refusal);
    expect(slack.calls).toHaveLength(1);
    expect(rotations()).toBe(0);
  });

  it('leaves the others alone', async () => {
    const { client } = await workspaces.find('T1');
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'forbidden' });
    const other = await workspaces.find('T2');
    await expect(other.client.auth.test()).resolves.toMatchObject({ ok: true });
    expect(await workspaces.check()).toEqual([
      { teamId: 'T1', teamName: 'Acme', problem: expect.stringContaining('revoked') },
      { teamId: 'T2', teamName: 'Other' },
    ]);
    await expect(workspaces.verify()).resolves.toBeUndefined();
  });

  it('is let in again by a new installation, also for those who hold an old client', async () => {
    const { client } = await workspaces.find('T1');
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'forbidden' });
    slack.alive.add('xoxb-new');
    await installations.put(anInstallation({ botToken: 'xoxb-new', version: 2 }), 1);
    await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
    expect(await workspaces.find('T1')).toMatchObject({ botToken: 'xoxb-new' });
  });

  it('is asked about again after a while, since Slack may have mended it', async () => {
    const { client } = await workspaces.find('T1');
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'forbidden' });
    slack.alive.add('xoxb-old');
    await clock.advance(10 * 60_000);
    const again = await workspaces.find('T1');
    await expect(again.client.auth.test()).resolves.toMatchObject({ ok: true });
  });
});

describe('a rotation that Slack refuses', () => {
  it('is told as such once the token has ended', async () => {
    await install(0);
    slack.refreshable.clear();
    const finding = workspaces.find('T1');
    const refused = expect(finding).rejects.toMatchObject({
      code: 'forbidden',
      userMessage: expect.stringContaining(INSTALL_URL),
    });
    for (const waitMs of [100, 300, 1_000, 3_000]) {
      await clock.untilSleeping();
      await clock.advance(waitMs);
    }
    await refused;
  });

  it('blames the configuration when the client secret is wrong', async () => {
    await install(0);
    await expect(create('wrong').find('T1')).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringContaining('SLACK_CLIENT_SECRET'),
    });
  });

  it('writes no token and no secret to the log', async () => {
    await install(0);
    slack.refreshable.clear();
    slack.failWith(503);
    await workspaces.renewTokens();
    expect(JSON.stringify(logger.entries)).not.toMatch(/xox|secret/u);
    expect(logger.entries).not.toHaveLength(0);
  });
});
