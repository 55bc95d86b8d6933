import { createPermitOffice, KINDS, SNAPSHOT_KINDS } from '@jamie/core';
import { RecordingLogger } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import type { ApiRequest, ApiTransport } from '../transport/api-request.ts';
import { GuardedTransport } from './guarded-transport.ts';

const ADA = { user: 'ada', groups: [] };

class RecordingTransport implements ApiTransport {
  readonly sent: string[] = [];
  async send(request: ApiRequest): Promise<string> {
    this.sent.push(request.path);
    return '{}';
  }
  open(): never {
    throw new Error('no streams here');
  }
  async close(): Promise<void> {
    this.sent.length = 0;
  }
}

async function outcomeOf(request: ApiRequest): Promise<'sent' | 'refused'> {
  const transport = new RecordingTransport();
  const logger = new RecordingLogger();
  const guarded = new GuardedTransport({ cluster: 'test', transport, permits: createPermitOffice(), logger });
  try {
    await guarded.send(request);
  } catch (error) {
    expect(error).toMatchObject({ code: 'policy_denied', details: { reason: 'identity_missing' } });
  }
  return transport.sent.length === 0 ? 'refused' : 'sent';
}

const pathOf = ({ group, version, plural }: (typeof KINDS)[keyof typeof KINDS]) =>
  `${group === '' ? '/api' : `/apis/${group}`}/${version}/${plural}`;

describe('a read without a person', () => {
  it('is sent for exactly the kinds that the cache keeps, in the whole cluster', async () => {
    for (const [kind, resource] of Object.entries(KINDS)) {
      const isCached = (SNAPSHOT_KINDS as readonly string[]).includes(kind);
      const path = pathOf(resource);
      expect([kind, await outcomeOf({ method: 'GET', path })]).toEqual([kind, isCached ? 'sent' : 'refused']);
      expect(await outcomeOf({ method: 'GET', path, as: ADA })).toBe('sent');
    }
  });

  it('is sent for the version of the API server', async () => {
    expect(await outcomeOf({ method: 'GET', path: '/version' })).toBe('sent');
  });

  it.each([
    ['one object', '/apis/apps/v1/namespaces/payments/deployments/checkout'],
    ['a list of one namespace', '/api/v1/namespaces/payments/pods'],
    ['a log', '/api/v1/namespaces/payments/pods/web-1/log'],
    ['a scale', '/apis/apps/v1/namespaces/payments/deployments/checkout/scale'],
    ['one node', '/api/v1/nodes/node-1'],
    ['what pods use', '/apis/metrics.k8s.io/v1beta1/pods'],
  ])('is refused for %s, and sent with a person', async (_what, path) => {
    expect(await outcomeOf({ method: 'GET', path })).toBe('refused');
    expect(await outcomeOf({ method: 'GET', path, as: ADA })).toBe('sent');
  });
});
