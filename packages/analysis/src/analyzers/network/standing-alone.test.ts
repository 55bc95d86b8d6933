import {
  aCrashingContainer,
  aDeployed,
  anAutoscaler,
  anIngress,
  anIngressClass,
  aService,
  aSnapshot,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

describe('configuration that is wrong by itself', () => {
  it('stays a cause of its own beside a crash behind the same Service', () => {
    const crash = { containers: [aCrashingContainer(1)] };
    const { views } = aDeployed('checkout', [{ revision: 1, pods: [crash] }]);
    const service = aService('checkout', {
      ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }],
    });
    const backends = [{ host: '', path: '/', service: { name: 'checkout', port: '81' } }];
    const ingress = anIngress('shop', { backends });
    const snapshot = aSnapshot().with(views, service, ingress, anIngressClass('nginx')).build();
    const { causes } = diagnose(snapshot, { kind: 'cluster' });
    expect(causes.map(({ root, consequences }) => [root.code, consequences.map(({ code }) => code)])).toEqual(
      [
        ['CHK-POD-101', ['CHK-WKL-303', 'CHK-SVC-202']],
        ['CHK-ING-905', []],
        ['CHK-SVC-203', []],
      ],
    );
  });

  it('does not come of a workload that was scaled to zero behind the same Service', () => {
    const { views } = aDeployed('checkout', [{ revision: 1, pods: [] }], { replicas: 0 });
    const backends = [{ host: '', path: '/', service: { name: 'checkout', port: '81' } }];
    const others = [aService('checkout'), anAutoscaler('checkout'), anIngress('shop', { backends })];
    const snapshot = aSnapshot().with(views, others, anIngressClass('nginx')).build();
    const { causes } = diagnose(snapshot, { kind: 'cluster' });
    const roots = causes.map(({ root }) => root.code);
    expect(roots).toContain('CHK-WKL-305');
    expect(roots).toContain('CHK-ING-905');
  });
});
