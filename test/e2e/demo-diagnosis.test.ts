import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { causesOf, diagnoseCluster, withConnection } from '../support/diagnose-cluster.ts';

/** By cause: what the explanation has to say. */
const CAUSES: Readonly<Record<string, RegExp>> = {
  'CHK-ADM-401 Deployment analytics/stream-aggregator': /ResourceQuota team-quota .* keeps 2 pods of 6/,
  'CHK-JOB-601 Job data/warehouse-sync': /failed after 2 failed pods/,
  'CHK-POD-101 Deployment payments/checkout': /required setting CURRENCY_TABLE_URL is not set/,
  'CHK-POD-111 Deployment shop/search-indexer': /memory limit of 256Mi/,
  'CHK-POD-121 Deployment shop/promotions': /shop-promotions:1\.18\.3 .* does not exist/,
  'CHK-POD-131 Deployment platform/notifications-worker': /ConfigMap notifications-smtp does not exist/,
  'CHK-POD-135 Deployment shop/wishlist': /ConfigMap wishlist-settings, .* is gone: running pods go on/,
  'CHK-POD-141 Deployment data/report-builder': /requests 12 of cpu, more than any node has/,
  'CHK-POD-151 Deployment payments/fraud-check': /readiness probe .*\/readyz .* statuscode: 404/,
  'CHK-POD-151 Deployment shop/cart': /the rollout of Deployment cart is stuck.*waiting for lock held by/,
  'CHK-SVC-201 Service platform/feature-flags': /selector app=feature-flags .* fits no pod/,
};

/** A Job of a CronJob is named after the minute in which it was due. */
function withoutMinute(name: string): string {
  return name.replace(/-\d+$/, '');
}

describe('the diagnosis of the demo company', () => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  afterAll(() => cluster.stop());

  it('names each seeded cause with what shows it, and nothing else', async () => {
    const diagnosis = await withConnection(cluster, (connection) =>
      diagnoseCluster(connection, { kind: 'cluster' }),
    );
    expect(diagnosis.verdict).toBe('faulty');
    expect(causesOf(diagnosis).map(withoutMinute)).toEqual(Object.keys(CAUSES));
    for (const cause of diagnosis.causes) {
      const [name = ''] = causesOf({ ...diagnosis, causes: [cause] });
      expect(cause.explanation).toMatch(CAUSES[withoutMinute(name)] ?? /^$/);
      expect(cause.root.evidence.length).toBeGreaterThan(0);
    }
  });
});
