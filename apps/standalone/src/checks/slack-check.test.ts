import { OpsError } from '@jamie/core';
import type { InstalledWorkspaces, ReceiverHealth, WorkspaceHealth } from '@jamie/slack';
import { describe, expect, it } from '@jest/globals';
import { slackCheck } from './slack-check.ts';

const CONNECTED: ReceiverHealth = { kind: 'connected' };
const INSTALL_URL = 'https://jamie.example.com/slack/install';

function checkOf(check: () => Promise<readonly WorkspaceHealth[]>, health = CONNECTED) {
  const installed = { check } as InstalledWorkspaces;
  return slackCheck(() => ({ bot: { health: () => health }, installed, installUrl: INSTALL_URL }))();
}

const acme = { teamId: 'T1', teamName: 'Acme' };
const other = { teamId: 'T2', teamName: 'Other', problem: 'Slack does not let me into Other any more.' };

describe('the check of Slack', () => {
  it('says how to begin where it is not configured', async () => {
    expect(await slackCheck(() => undefined)()).toMatchObject({ status: 'off' });
  });

  it('is content with one workspace that is connected', async () => {
    const check = slackCheck(() => ({ bot: { health: () => CONNECTED } }));
    expect(await check()).toMatchObject({ status: 'ok', detail: 'connected' });
  });

  it('fails without a connection, whatever is installed', async () => {
    const result = await checkOf(async () => [acme], { kind: 'down', reason: 'no socket' });
    expect(result).toMatchObject({ status: 'failed', detail: 'no connection' });
  });

  it('names the workspaces that are connected', async () => {
    const result = await checkOf(async () => [acme]);
    expect(result).toMatchObject({ status: 'ok', detail: 'connected in Acme (T1)' });
  });

  it('says what fails in which workspace, and where it is mended', async () => {
    const result = await checkOf(async () => [acme, other]);
    expect(result).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/1 of 2 workspaces.+into Other/u),
      mend: expect.stringContaining(INSTALL_URL),
    });
  });

  it('says where to install while it is installed nowhere', async () => {
    const result = await checkOf(async () => []);
    expect(result).toMatchObject({ status: 'warning', mend: expect.stringContaining(INSTALL_URL) });
  });

  it('says what to do when the key does not fit', async () => {
    const result = await checkOf(async () => {
      throw new OpsError('config_invalid', 'another key', { userMessage: 'It was another key.' });
    });
    expect(result).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('It was another key.'),
      mend: expect.stringContaining('CLUSTER_CREDENTIALS_KEY'),
    });
  });
});
