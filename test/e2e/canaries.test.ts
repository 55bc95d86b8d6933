import { jest } from '@jest/globals';
import { canaryContract } from '../support/canaries/canary.contract.ts';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';

jest.setTimeout(60_000);

let cluster: DemoTestCluster | undefined;

canaryContract({
  name: 'on the demo cluster',
  async open() {
    cluster = await startDemoTestCluster();
    return { cluster, person: DEMO_PEOPLE.requester, hasSecrets: false };
  },
  close: async () => cluster?.stop(),
});
