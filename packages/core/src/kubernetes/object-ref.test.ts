import { describe, expect, it } from '@jest/globals';
import { apiVersionOf } from './kinds.ts';
import { formatObjectRef } from './object-ref.ts';

describe('formatObjectRef', () => {
  it('names an object as people do, with its namespace where it has one', () => {
    expect(formatObjectRef({ kind: 'Deployment', namespace: 'payments', name: 'checkout' })).toBe(
      'Deployment payments/checkout',
    );
    expect(formatObjectRef({ kind: 'Node', name: 'worker-1' })).toBe('Node worker-1');
  });
});

describe('apiVersionOf', () => {
  it('leaves the core group out, as manifests do', () => {
    expect(apiVersionOf('Pod')).toBe('v1');
    expect(apiVersionOf('Deployment')).toBe('apps/v1');
    expect(apiVersionOf('HorizontalPodAutoscaler')).toBe('autoscaling/v2');
  });
});
