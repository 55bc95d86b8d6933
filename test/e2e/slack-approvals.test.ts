import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { approvalContract } from '../support/approval.contract.ts';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { createWorldOf } from '../support/loop-world.ts';

jest.setTimeout(60_000);

describe.each(['socket', 'http'] as const)('approvals in Slack over %s, on the demo cluster', (mode) => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  const world = createWorldOf(() => ({ mode, cluster, people: DEMO_PEOPLE }));
  afterAll(() => cluster.stop());

  approvalContract(world);
});
