import { createPermitOffice, type JsonObject, type KubeObject } from '@jamie/core';
import { FakeCluster } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diffRevisions } from './diff-revisions.ts';
import { readRevisions } from './read-revisions.ts';
import type { Revision } from './revision-history.ts';
import { configurationOf } from './template-configuration.ts';

const CHECKOUT = { kind: 'Deployment', namespace: 'payments', name: 'checkout' } as const;
const ADA = { user: 'ada', groups: [] };
const CANARY = ['cana', 'ry7'].join('');

function template(container: JsonObject, annotations: JsonObject = {}): JsonObject {
  return {
    metadata: { labels: { app: 'checkout' }, annotations },
    spec: { containers: [{ name: 'app', image: 'checkout:1', ...container }] },
  };
}

function revision(number: number, of: JsonObject): Revision {
  return { number, createdAt: number, changeCause: '', template: of };
}

function objectOf(kind: string, name: string, revisionNumber: number, more: JsonObject): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: 'payments',
      uid: `uid-${name}`,
      resourceVersion: '1',
      creationTimestamp: `2026-01-0${revisionNumber}T00:00:00Z`,
      labels: { app: 'checkout' },
      annotations: {
        'deployment.kubernetes.io/revision': String(revisionNumber),
        'kubernetes.io/change-cause': `release ${revisionNumber}`,
      },
      ...(kind === 'ReplicaSet' && {
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', uid: 'uid-checkout' },
        ],
      }),
    },
    spec: more,
  } as unknown as KubeObject;
}

describe('readRevisions', () => {
  it('reads what the Deployment keeps, oldest first, as the person', async () => {
    const cluster = new FakeCluster(createPermitOffice());
    cluster.put(objectOf('Deployment', 'checkout', 2, { selector: { matchLabels: { app: 'checkout' } } }));
    const labelled = { ...template({}), metadata: { labels: { app: 'checkout', 'pod-template-hash': 'x' } } };
    cluster.put(objectOf('ReplicaSet', 'checkout-b', 2, { template: labelled }));
    cluster.put(objectOf('ReplicaSet', 'checkout-a', 1, { template: labelled }));
    const stranger = objectOf('ReplicaSet', 'stranger', 3, { template: labelled });
    cluster.put({ ...stranger, metadata: { ...stranger.metadata, ownerReferences: [] } });
    const { reader } = cluster.connect();
    const history = await readRevisions(reader, CHECKOUT, ADA);
    expect(history.current).toBe(2);
    expect(history.revisions.map(({ number, changeCause }) => [number, changeCause])).toEqual([
      [1, 'release 1'],
      [2, 'release 2'],
    ]);
    expect(JSON.stringify(history.revisions)).not.toContain('pod-template-hash');
    expect(new Set(cluster.reads.map(({ user }) => user))).toEqual(new Set(['ada']));
    cluster.blind.add('ada');
    await expect(readRevisions(reader, CHECKOUT, ADA)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('diffRevisions', () => {
  it('shows what changed as YAML, and names the images', () => {
    const diff = diffRevisions(
      'Deployment/checkout',
      revision(1, template({})),
      revision(2, template({ image: 'checkout:2', env: [{ name: 'LOG_LEVEL', value: 'debug' }] })),
    );
    expect(diff.kind).toBe('changed');
    expect(diff.images).toEqual([{ container: 'app', before: 'checkout:1', after: 'checkout:2' }]);
    expect(diff.diff).toMatch(
      /^--- Deployment\/checkout\trevision 1\n\+\+\+ Deployment\/checkout\trevision 2\n/,
    );
    expect(diff.diff).toContain('-      image: checkout:1');
    expect(diff.diff).toContain('+          value: debug');
  });

  it('keeps secrets to itself and still shows that one changed', () => {
    const withPassword = (value: string) => template({ env: [{ name: 'PASSWORD', value }] });
    const diff = diffRevisions(
      'd',
      revision(1, withPassword(CANARY)),
      revision(2, withPassword(`${CANARY}2`)),
    );
    expect(diff.diff).not.toContain(CANARY);
    expect(diff.diff).toMatch(/-\s+value: <redacted \w+>\n\+\s+value: <redacted \w+>/);
  });

  it('tells a mere restart, and no difference at all', () => {
    const restarted = template({}, { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' });
    expect(diffRevisions('d', revision(1, template({})), revision(2, restarted)).kind).toBe('restart');
    expect(diffRevisions('d', revision(1, template({})), revision(2, template({}))).kind).toBe('same');
  });

  it('says which ConfigMaps and Secrets came and went', () => {
    const before = template({ envFrom: [{ configMapRef: { name: 'settings' } }] });
    const after = template({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }] });
    expect(diffRevisions('d', revision(1, before), revision(2, after)).configuration).toEqual({
      added: ['Secret db'],
      removed: ['ConfigMap settings'],
    });
  });

  it('finds every way to name one', () => {
    const spec = {
      imagePullSecrets: [{ name: 'registry' }],
      volumes: [
        { configMap: { name: 'files' } },
        { secret: { secretName: 'tls' } },
        { projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'more' } }] } },
      ],
      containers: [
        {
          name: 'app',
          envFrom: [{ secretRef: { name: 'env' } }],
          env: [{ valueFrom: { configMapKeyRef: { name: 'one' } } }],
        },
      ],
    };
    expect([...configurationOf({ spec })].sort()).toEqual([
      'ConfigMap files',
      'ConfigMap more',
      'ConfigMap one',
      'Secret env',
      'Secret projected',
      'Secret registry',
      'Secret tls',
    ]);
  });
});
