import { expect, it, jest } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { createTestNamespace } from '../control-plane/test-namespace.ts';
import { everyCommandContract } from '../support/every-command.contract.ts';
import { isOwnRequest } from '../support/identity/own-requests.ts';
import { ADA, createWorldOf } from '../support/loop-world.ts';
import { REAL_PEOPLE, realTestCluster } from '../support/real-test-cluster.ts';
import { apiSurface } from '../support/surfaces/api-surface.ts';
import { pageSurface } from '../support/surfaces/page-surface.ts';
import { slackSurface } from '../support/surfaces/slack-surface.ts';
import { terminalSurface } from '../support/surfaces/terminal-surface.ts';

jest.setTimeout(60_000);

describeOnControlPlane('on a real API server', (controlPlane) => {
  const world = createWorldOf(async () => {
    const namespace = await createTestNamespace(controlPlane(), { prefix: 'commands' });
    return { mode: 'http', cluster: realTestCluster(controlPlane(), namespace), people: REAL_PEOPLE };
  });

  everyCommandContract({ name: 'Slack', world, open: async ({ slack }) => slackSurface(slack, ADA) });
  everyCommandContract({ name: 'API', world, open: async ({ slack }) => apiSurface(slack.link) });
  everyCommandContract({
    name: 'terminal',
    world,
    open: async ({ slack }) => terminalSurface(slack.dataDirectory),
  });
  everyCommandContract({ name: 'page', world, open: ({ slack }) => pageSurface(slack.link) });

  it('has been asked for all of it as a person, but for the fixed list of what the service asks as itself', () => {
    const ours = controlPlane()
      .auditLog()
      .filter(({ user }) => user === 'jamie');
    const strays = ours.filter((entry) => entry.impersonatedUser === undefined && !isOwnRequest(entry));
    expect(strays.map(({ verb, uri }) => `${verb} ${uri}`)).toEqual([]);
    expect(new Set(ours.map((entry) => entry.impersonatedUser ?? 'nobody'))).toEqual(
      new Set(['nobody', 'alice']),
    );
  });
});
