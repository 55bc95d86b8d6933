import { createPermitOffice } from '@jamie/core';
import { createClusterConnection, kubeconfigAccess } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { createTestNamespace, waitFor } from '../control-plane/test-namespace.ts';

/** The cache is as good as before so soon after the API server is. */
const RECOVERED_WITHIN_MS = 5_000;

describeOnControlPlane('the cache', (controlPlane) => {
  it('goes on by itself after the API server was killed and has forgotten its watch history', async () => {
    const { kubeconfigPath, url } = controlPlane();
    const connection = createClusterConnection({
      info: { name: 'real', environment: 'development', server: url, source: 'kubeconfig' },
      access: await kubeconfigAccess({
        source: { paths: [kubeconfigPath] },
        context: 'test',
        clock: systemClock,
      }),
      permits: createPermitOffice(),
      clock: systemClock,
      logger: new RecordingLogger(),
    });
    try {
      const namespace = await createTestNamespace(controlPlane());
      const inNamespace = `--namespace=${namespace}`;
      const names = async () => {
        const { objects } = await connection.snapshots.snapshot();
        return objects.ConfigMap.filter((view) => view.namespace === namespace).map(({ name }) => name);
      };
      await controlPlane().kubectl(['create', 'configmap', 'before', '--from-literal=a=1', inNamespace]);
      await waitFor(names, (found) => found.includes('before'));

      await controlPlane().restartApiServer();
      await controlPlane().kubectl(['create', 'configmap', 'after', '--from-literal=a=1', inNamespace]);
      await controlPlane().kubectl(['delete', 'configmap', 'before', inNamespace]);
      const found = await waitFor(
        names,
        (list) => list.includes('after') && !list.includes('before'),
        RECOVERED_WITHIN_MS,
      );
      expect(found).toContain('after');
      const { stalenessMs, unread } = await connection.snapshots.snapshot();
      expect(unread).toEqual([]);
      expect(stalenessMs).toBeLessThan(30_000);
    } finally {
      await connection.close();
    }
  }, 180_000);
});
