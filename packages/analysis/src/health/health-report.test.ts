import {
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNode,
  aService,
  aSnapshot,
  terminated,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { healthReport } from './health-report.ts';

const healthy = aDeployed('basket', [{ revision: 1, pods: [{}, {}] }], { namespace: 'web' });
const broken = aDeployed('checkout', [{ revision: 1, pods: [{ containers: [aCrashingContainer(1)] }] }]);

describe('healthReport', () => {
  it('gives full points to a cluster without a fault', () => {
    const report = healthReport(aSnapshot().with(healthy.views, aNode('worker-1')).build());
    expect([report.score, report.reasons, report.diagnosis.verdict]).toEqual([100, [], 'healthy']);
  });

  it('takes points once per cause, and says for what', () => {
    const report = healthReport(aSnapshot().with(healthy.views, broken.views, aService('checkout')).build());
    expect(report.score).toBe(75);
    expect(report.reasons).toEqual([
      '−25: Deployment checkout: container app exits with code 1 again and again, 1 Service lost',
    ]);
    expect(report.counts).toContainEqual({ kind: 'Deployment', total: 2, unhealthy: 1 });
    expect(report.counts).toContainEqual({ kind: 'Pod', total: 3, unhealthy: 1 });
  });

  it('takes less for a warning', () => {
    const oom = aContainer({
      restartCount: 1,
      lastState: terminated(137, { reason: 'OOMKilled', agoMs: 1_200_000 }),
    });
    const mild = aDeployed('search', [{ revision: 1, pods: [{ containers: [oom] }] }]);
    expect(healthReport(aSnapshot().with(mild.views).build()).score).toBe(95);
  });

  it('counts only what is in the namespace', () => {
    const snapshot = aSnapshot().with(healthy.views, broken.views, aNode('worker-1')).build();
    const report = healthReport(snapshot, 'web');
    expect(report.score).toBe(100);
    expect(report.counts.map((count) => count.kind)).not.toContain('Node');
  });

  it('gives no score for what it could not see', () => {
    const blind = healthReport(aSnapshot().with(healthy.views).unread('Pod').build());
    expect(blind.score).toBeUndefined();
    expect(blind.reasons[0]).toMatch(/^no score: Pods could not be read/);
    expect(healthReport(aSnapshot().with(healthy.views).stale(900_000).build()).score).toBeUndefined();
  });

  it('never falls below zero', () => {
    const many = Array.from(
      { length: 9 },
      (_, index) =>
        aDeployed(`app-${index}`, [{ revision: 1, pods: [{ containers: [aCrashingContainer(1)] }] }]).views,
    );
    expect(
      healthReport(
        aSnapshot()
          .with(...many)
          .build(),
      ).score,
    ).toBe(0);
  });
});
