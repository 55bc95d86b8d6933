import type { JsonObject, KubeObject } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { formerManifest } from './former-manifest.ts';
import { changedPointers, givenPointers } from './object-fields.ts';

function object(content: JsonObject): KubeObject {
  const metadata = { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '1', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Service', metadata, ...content };
}

const before = object({
  spec: { type: 'ClusterIP', clusterIP: '10.0.0.1', ports: [{ port: 80 }, { port: 81 }] },
  data: { kept: 'a', taken: 'b' },
});
const after = object({
  spec: { type: 'NodePort', clusterIP: '10.0.0.2', ports: [{ port: 80, nodePort: 30_001 }, { port: 82 }] },
  data: { kept: 'a', added: 'c' },
  status: { loadBalancer: {} },
});
const CHANGED = ['/spec/type', '/spec/ports/1/port', '/data/taken', '/data/added'];

describe('changedPointers', () => {
  it('finds what was changed, added and taken away, and nothing that the server makes up', () => {
    expect([...changedPointers(before, after)].sort()).toEqual([...CHANGED].sort());
  });

  it('takes a list of another length as a whole, and a new map by its members', () => {
    const longer = object({ spec: { ports: [{ port: 80 }] }, data: { kept: 'a', taken: 'b' } });
    expect(changedPointers(before, longer)).toContain('/spec/ports');
    expect(changedPointers(object({}), object({ data: { a: 'b' } }))).toEqual(['/data/a']);
    expect(changedPointers(object({}), object({ spec: { empty: {} } }))).toEqual(['/spec/empty']);
  });
});

describe('givenPointers', () => {
  it('are the fields of a manifest that the object then has exactly so', () => {
    const manifest = { ...object({ spec: { type: 'NodePort', ports: [{ port: 80 }, { port: 99 }] } }) };
    expect(givenPointers(manifest as unknown as JsonObject, after)).toEqual([
      '/spec/type',
      '/spec/ports/0/port',
    ]);
  });
});

describe('formerManifest', () => {
  it('has the former values, lists as a whole, and leaves out what was not there', () => {
    expect(formerManifest(before, CHANGED)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'ClusterIP', ports: [{ port: 80 }, { port: 81 }] },
      data: { taken: 'b' },
    });
  });
});
