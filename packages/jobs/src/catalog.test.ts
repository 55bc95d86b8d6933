import { describe, expect, it } from '@jest/globals';
import {
  createJobCatalog,
  defineJob,
  JOB_CATALOG,
  type JobDefinition,
  parsePayload,
  requireSameJobs,
} from './catalog.ts';

const execute = JOB_CATALOG.get('operations.execute') as JobDefinition;

describe('JOB_CATALOG', () => {
  it('names the jobs of the product', () => {
    expect([...JOB_CATALOG.keys()].toSorted()).toEqual([
      'agents.resume',
      'agents.wait',
      'notifications.show',
      'operations.execute',
      'operations.expire',
      'operations.rollback',
      'operations.verify',
      'requests.follow',
      'requests.handle',
    ]);
  });

  it.each([
    ['requests.handle', { requestId: 'r1' }],
    ['operations.execute', { planId: 'p1' }],
    ['operations.verify', { planId: 'p1', tick: 3 }],
    ['operations.expire', { planId: 'p1' }],
    ['operations.rollback', { planId: 'p1' }],
    ['notifications.show', { messageId: 'm1', version: 2 }],
  ])('takes the payload of %s and refuses any other', (name, payload) => {
    expect(parsePayload(JOB_CATALOG, name, payload)).toEqual(payload);
    for (const other of [{}, { ...payload, more: 1 }, null, [], { planId: { $ne: null } }]) {
      expect(() => parsePayload(JOB_CATALOG, name, other)).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    }
  });
});

describe('createJobCatalog', () => {
  it('refuses two jobs of one name', () => {
    expect(() => createJobCatalog([execute, execute])).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});

describe('defineJob', () => {
  it.each([
    { maxAttempts: 0 },
    { maxAttempts: 1.5 },
    { timeoutMs: 0 },
    { backoff: { ...execute.backoff, jitter: 2 } },
    { backoff: { ...execute.backoff, maxMs: 1 } },
  ])('refuses %j', (change) => {
    expect(() => defineJob({ ...execute, ...change })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});

describe('requireSameJobs', () => {
  it('names what is missing on either side', () => {
    const names = [...JOB_CATALOG.keys()];
    requireSameJobs(JOB_CATALOG, names);
    expect(() => requireSameJobs(JOB_CATALOG, [...names.slice(1), 'unknown'])).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        details: { withoutProcessor: [names[0]], withoutDefinition: ['unknown'] },
      }),
    );
  });
});
