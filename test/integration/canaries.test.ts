import { expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { createTestNamespace } from '../control-plane/test-namespace.ts';
import { canaryContract } from '../support/canaries/canary.contract.ts';
import { REAL_PEOPLE, realTestCluster } from '../support/real-test-cluster.ts';

describeOnControlPlane('among planted secrets', (controlPlane) => {
  canaryContract({
    name: 'on a real API server',
    async open() {
      const namespace = await createTestNamespace(controlPlane(), { prefix: 'canaries' });
      const cluster = realTestCluster(controlPlane(), namespace);
      return { cluster, person: REAL_PEOPLE.requester, hasSecrets: true };
    },
    close: async () => undefined,
  });

  it('no Secret is ever asked for', () => {
    const asked = controlPlane()
      .auditLog()
      .filter(({ user, resource }) => user === 'jamie' && resource === 'secrets');
    expect(asked).toEqual([]);
  });
});
