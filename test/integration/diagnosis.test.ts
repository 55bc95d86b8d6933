import { expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { applySeed, createTestNamespace, waitFor } from '../control-plane/test-namespace.ts';
import { causesOf, diagnoseCluster, withConnection } from '../support/diagnose-cluster.ts';

/** Longer than the time for which a pod that is not ready counts as merely warming up, on a busy machine too. */
const SETTLED_WITHIN_MS = 120_000;
/** The last to show: its pods are made anew after the rest, and until they count as not ready the rollout is blamed. */
const LAST_CAUSE = 'CHK-POD-151 Deployment/payments';
const CAUSES = [
  'CHK-ADM-401 Deployment/imports',
  'CHK-POD-101 Deployment/checkout',
  'CHK-POD-111 Deployment/recommendations',
  'CHK-POD-121 Deployment/invoices',
  'CHK-POD-131 Deployment/mailer',
  'CHK-POD-141 Deployment/reports',
  LAST_CAUSE,
  'CHK-POD-151 Deployment/search',
  'CHK-SVC-201 Service/catalogue',
];

describeOnControlPlane('the diagnosis of a real cluster', (controlPlane) => {
  it('names the cause of each seeded fault, cites its log, and says nothing of healthy neighbours', async () => {
    const namespace = await createTestNamespace(controlPlane());
    await applySeed(controlPlane(), namespace);
    await withConnection(controlPlane(), async (connection) => {
      const scope = { kind: 'namespace', namespace } as const;
      const here = (cause: string) => cause.replace('/', ` ${namespace}/`);
      const diagnosis = await waitFor(
        () => diagnoseCluster(connection, scope),
        (seen) => seen.causes.length >= CAUSES.length && causesOf(seen).includes(here(LAST_CAUSE)),
        SETTLED_WITHIN_MS,
      );
      expect(causesOf(diagnosis)).toEqual(CAUSES.map(here));
      const crash = diagnosis.causes.find(({ root }) => root.code === 'CHK-POD-101');
      expect(crash?.explanation).toContain('lookup orders-db: no such host');
      expect(diagnosis.causes.every(({ root }) => root.evidence.length > 0)).toBe(true);

      const healthy = { kind: 'Deployment', namespace, name: 'storefront' } as const;
      const silent = await diagnoseCluster(connection, { kind: 'object', ref: healthy });
      expect({ verdict: silent.verdict, causes: silent.causes }).toEqual({ verdict: 'healthy', causes: [] });
    });
  });
});
