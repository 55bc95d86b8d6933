import { jest } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { createTestNamespace } from '../control-plane/test-namespace.ts';
import { everyCommandContract } from '../support/every-command.contract.ts';
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
});
