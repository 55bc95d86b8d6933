import type { KubeObject } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { forDisplay } from './display-manifest.ts';

const CANARY = ['c4n4ry', 'Pa55', 'w0rd'].join('');

function shown(container: object, annotations: Record<string, string> = {}): string {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x', annotations },
    spec: { template: { spec: { containers: [container] } } },
  };
  return JSON.stringify(forDisplay(object as unknown as KubeObject));
}

describe('forDisplay', () => {
  it.each([
    [{ env: [{ name: 'DB_PASSWORD', value: CANARY }] }],
    [{ env: [{ name: 'STRIPE_API_KEY', value: CANARY }] }],
    [{ env: [{ name: 'SIGNING_KEY', value: CANARY }] }],
    [{ env: [{ name: 'DATABASE_URL', value: `postgres://app:${CANARY}@db/x` }] }],
    [{ args: [`--password=${CANARY}`] }],
    [{ args: ['--db-password', CANARY] }],
    [{ command: ['sh', '-c', `mysql --password ${CANARY} -h db`] }],
    [{ env: [{ name: 'OPTIONS', value: `{"password":"${CANARY}"}` }] }],
  ])('hides the secret in %j', (container) => {
    expect(shown(container)).not.toContain(CANARY);
  });

  it('hides annotations that sound secret, and the applied configuration', () => {
    const annotations = {
      'vault.token': CANARY,
      'kubectl.kubernetes.io/last-applied-configuration': `{"env":[{"name":"A_TOKEN","value":"${CANARY}"}]}`,
    };
    expect(shown({}, annotations)).not.toContain(CANARY);
  });

  it('keeps what is no secret, names of Secrets too', () => {
    const container = {
      image: `registry.example/app@sha256:${'9f86d081'.repeat(8)}`,
      args: ['--config', '/run/secrets/db', '--level=debug'],
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'checkout-token', key: 'token' } } },
      ],
    };
    const text = shown(container, { 'kubectl.kubernetes.io/restartedAt': '2026-01-15T12:00:00Z' });
    for (const kept of ['/run/secrets/db', 'debug', 'checkout-token', '2026-01-15T12:00:00Z', '9f86d081'])
      expect(text).toContain(kept);
  });

  it('still shows that a secret has changed', () => {
    const url = (password: string) =>
      shown({ env: [{ name: 'DATABASE_URL', value: `postgres://a:${password}@b` }] });
    expect(url(CANARY)).not.toBe(url(`${CANARY}2`));
    expect(url(CANARY)).toBe(url(CANARY));
  });
});
