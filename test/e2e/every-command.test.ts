import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { everyCommandContract } from '../support/every-command.contract.ts';
import { ADA, createWorldOf } from '../support/loop-world.ts';
import { apiSurface } from '../support/surfaces/api-surface.ts';
import { pageSurface } from '../support/surfaces/page-surface.ts';
import { slackSurface } from '../support/surfaces/slack-surface.ts';
import { terminalSurface } from '../support/surfaces/terminal-surface.ts';

jest.setTimeout(60_000);

describe('on the demo cluster', () => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  const world = createWorldOf(() => ({ mode: 'socket', cluster, people: DEMO_PEOPLE }));
  afterAll(() => cluster.stop());

  everyCommandContract({ name: 'Slack', world, open: async ({ slack }) => slackSurface(slack, ADA) });
  everyCommandContract({ name: 'API', world, open: async ({ slack }) => apiSurface(slack.link) });
  everyCommandContract({
    name: 'terminal',
    world,
    open: async ({ slack }) => terminalSurface(slack.dataDirectory),
  });
  everyCommandContract({ name: 'page', world, open: ({ slack }) => pageSurface(slack.link) });
});
