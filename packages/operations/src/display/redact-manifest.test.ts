import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactManifest } from './redact-manifest.ts';

const CANARY = ['cana', 'ry7'].join('');

describe('redactManifest', () => {
  it.each<[string, unknown]>([
    ['a variable', { env: [{ name: 'DB_PASSWORD', value: CANARY }] }],
    [
      'an address with a password',
      { env: [{ name: 'DATABASE_URL', value: `postgres://app:${CANARY}@db/orders` }] },
    ],
    ['an annotation', { metadata: { annotations: { 'example.com/api-token': CANARY } } }],
    ['an annotation that holds a manifest', { annotations: { last: `{"env":[{"password":"${CANARY}"}]}` } }],
    ['a flag', { args: ['--listen=:8080', `--token=${CANARY}`] }],
    ['a flag and its value', { command: ['run', '--db-password', CANARY] }],
    ['a header of a probe', { httpHeaders: [{ name: 'Authorization', value: `Bearer ${CANARY}` }] }],
  ])('takes out %s', (_what, manifest) => {
    expect(JSON.stringify(redactManifest(manifest))).not.toContain(CANARY);
  });

  it('keeps what is a name, and ordinary values', () => {
    const manifest = {
      env: [
        { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'EMPTY_TOKEN', value: '' },
      ],
      volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
      args: ['--verbose', '--port', '8080'],
      replicas: 3,
    };
    expect(redactManifest(manifest)).toEqual(manifest);
  });

  it('keeps equal marks for equal values, and others for others', () => {
    const of = (value: string) => JSON.stringify(redactManifest({ env: [{ name: 'TOKEN', value }] }));
    expect(of('one')).toBe(of('one'));
    expect(of('one')).not.toBe(of('two'));
    const url = (password: string) => JSON.stringify(redactManifest([`postgres://app:${password}@db/x`]));
    expect(url('first-word')).not.toBe(url('other-word'));
  });

  it('never throws, and keeps no value of a variable that sounds secret', () => {
    const property = fc.property(fc.object(), fc.string({ minLength: 12 }), (manifest, value) => {
      const shown = JSON.stringify(redactManifest({ ...manifest, env: [{ name: 'API_KEY', value }] }));
      expect(shown).not.toContain(`"value":${JSON.stringify(value)}`);
    });
    fc.assert(property);
  });
});
