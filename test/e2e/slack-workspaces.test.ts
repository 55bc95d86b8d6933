import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WorkspacesWorld } from '../support/workspaces-world.ts';

jest.setTimeout(60_000);

const ACME = 'T0ACME';
const OTHER = 'T0OTHER';

describe.each(['socket', 'http'] as const)('two workspaces over %s', (mode) => {
  const world = new WorkspacesWorld(mode);

  beforeAll(() => world.start([ACME, OTHER]));
  afterAll(() => world.end());

  it('are told where to install while the app is in none', async () => {
    expect(await world.check()).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('/slack/install'),
    });
    world.command(ACME, 'C1', 'whoami');
    await world.told(ACME, 'C1', /not installed in the Slack workspace T0ACME.+\/slack\/install/u);
    world.slack.mention({ user: 'U11', team: ACME, channel: 'C1', text: 'whoami' });
    await world.slack.waitFor(() => world.slack.hub.pending + world.slack.poster.pending === 0);
    expect(world.answers(ACME, 'C1')).toEqual([]);
  });

  it('are served side by side once somebody has installed it, each as its own people', async () => {
    expect(await world.install(ACME)).toContain('Jamie is installed in');
    await world.asksWhoAmI(ACME, 'C2');
    expect(await world.install(OTHER)).toContain('Jamie is installed in');
    await Promise.all([world.asksWhoAmI(ACME, 'C3'), world.asksWhoAmI(OTHER, 'C4')]);
    expect(await world.check()).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/T0ACME.+T0OTHER/u),
    });
    const teams = new Set(world.slack.calls.map(({ teamId }) => teamId));
    expect([...teams].filter((team) => team !== undefined).toSorted()).toEqual([ACME, OTHER]);
  });

  it('go on with a new token when one has expired', async () => {
    world.slack.tokens.end(`xoxe.xoxb-1-${ACME}-1`, 'token_expired');
    await Promise.all([world.asksWhoAmI(ACME, 'C5'), world.asksWhoAmI(OTHER, 'C6')]);
    const rotations = world.slack.calls.filter(({ args }) => args['grant_type'] === 'refresh_token');
    expect(rotations).toHaveLength(1);
  });

  it('are known again after a restart', async () => {
    await world.stopProgram();
    await world.startProgram();
    await Promise.all([world.asksWhoAmI(ACME, 'C7'), world.asksWhoAmI(OTHER, 'C8')]);
  });

  it('do not suffer from one another: one is uninstalled, the other goes on', async () => {
    world.slack.uninstall({ team: ACME });
    await world.slack.waitFor(() =>
      world.logger.entries.some(({ fields }) => fields['kind'] === 'remove' && fields['teamId'] === ACME),
    );
    world.command(ACME, 'C9', 'whoami');
    await world.told(ACME, 'C9', /not installed/u);
    await world.asksWhoAmI(OTHER, 'C10');
    expect(await world.check()).toMatchObject({ status: 'ok', detail: expect.not.stringContaining(ACME) });
  });

  it('are served again after a new installation', async () => {
    await world.install(ACME);
    await Promise.all([world.asksWhoAmI(ACME, 'C11'), world.asksWhoAmI(OTHER, 'C12')]);
  });

  it('are shown what they missed while nobody let us in, once somebody installs the app again', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'slow', delayMs: 300 });
    world.command(OTHER, 'C13', 'whoami');
    await world.slack.waitFor(() => world.answers(OTHER, 'C13').length > 0);
    world.slack.revokeTokens({ team: OTHER });
    await world.slack.waitFor(() =>
      world.logger.messages('error').some((message) => message === 'nobody could be told'),
    );
    expect(world.answers(OTHER, 'C13')).toHaveLength(1);
    await world.install(OTHER);
    await world.answer(OTHER, 'C13', /Ada of T0OTHER.+/u);
  });

  it('leave no token and no code where it can be read', () => {
    const written = world.everythingWritten();
    expect(written).toContain('slack app was installed');
    expect(written).toContain(ACME);
    for (const secret of ['xoxe', 'xoxb', `${world.slack.client.id}.code`, world.slack.client.secret]) {
      expect(written.includes(secret)).toBe(false);
    }
  });
});
