import { describe, expect, it } from '@jest/globals';
import { toStatusError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';

const APPLY: ApiRequest = { method: 'PATCH', path: '/apis/apps/v1/namespaces/shop/deployments/web' };
const EVICT: ApiRequest = { method: 'POST', path: '/api/v1/namespaces/shop/pods/web-1/eviction' };

function body(status: Record<string, unknown>): string {
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', ...status });
}

describe('toStatusError', () => {
  it('names field and manager of every conflict of an apply', () => {
    const causes = [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "kubectl" using apps/v1',
        field: '.spec.replicas',
      },
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "argocd-controller"',
        field: '.metadata.labels.team',
      },
      { reason: 'SomethingElse', message: 'no conflict', field: '.spec' },
    ];
    const error = toStatusError(APPLY, {
      status: 409,
      body: body({ reason: 'Conflict', details: { causes } }),
    });
    expect(error.code).toBe('conflict');
    expect(error.details['conflicts']).toEqual([
      { field: '.spec.replicas', manager: 'kubectl', message: 'conflict with "kubectl" using apps/v1' },
      {
        field: '.metadata.labels.team',
        manager: 'argocd-controller',
        message: 'conflict with "argocd-controller"',
      },
    ]);
  });

  it('tells a disruption budget from a server that is busy', () => {
    const causes = [
      { reason: 'DisruptionBudget', message: 'The disruption budget api needs 2 healthy pods' },
    ];
    const blocked = toStatusError(EVICT, {
      status: 429,
      body: body({ reason: 'TooManyRequests', message: 'Cannot evict pod', details: { causes } }),
    });
    expect([blocked.code, blocked.details['reason']]).toEqual(['rate_limited', 'disruption_budget']);
    expect(blocked.userMessage).toContain('The disruption budget api needs 2 healthy pods');
    const busy = toStatusError(EVICT, { status: 429, body: body({ reason: 'TooManyRequests' }) });
    expect([busy.code, busy.details['reason']]).toEqual(['rate_limited', 'TooManyRequests']);
  });

  it('leaves out the object that a cause or a message prints', () => {
    const leaked = 'Invalid value: "{\\"data\\":{\\"password\\":\\"canary-value\\"}}": bad';
    const causes = [{ reason: 'FieldManagerConflict', message: leaked, field: '.data{"canary-value": 1}' }];
    const error = toStatusError(APPLY, { status: 409, body: body({ message: leaked, details: { causes } }) });
    expect(JSON.stringify([error.userMessage, error.details])).not.toContain('canary-value');
  });

  it.each(['{', 'null', '"x"', '{"details":{"causes":[null,1,{"reason":1}]}}', '[]'])(
    'stays calm when the body is %s',
    (text) => {
      const error = toStatusError(APPLY, { status: 409, body: text });
      expect([error.code, error.details['conflicts']]).toEqual(['conflict', undefined]);
    },
  );
});
