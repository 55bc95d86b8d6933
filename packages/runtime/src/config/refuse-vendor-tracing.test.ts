import { describe, expect, it } from '@jest/globals';
import { refuseVendorTracing } from './refuse-vendor-tracing.ts';

describe('refuseVendorTracing', () => {
  it('forgets every variable that switches tracing on, and no other', () => {
    const environment = { LANGSMITH_TRACING: 'true', LANGCHAIN_TRACING_V2: 'true', HOME: '/home/ada' };
    refuseVendorTracing(environment);
    expect(environment).toEqual({ HOME: '/home/ada' });
  });
});
