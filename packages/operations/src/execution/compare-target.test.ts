import type { FieldValues, KubeObject, Step, WriteRequest } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../operations-world.fixture.ts';
import { compareTarget } from './compare-target.ts';

const REF = { kind: 'ConfigMap', namespace: 'shop', name: 'settings' } as const;
const MARK = { 'jamie-scarlet.io/plan': 'p-1' };
const manifest = { metadata: { name: 'settings', annotations: MARK }, data: { mode: 'new' } };

function live(mode: string, metadata: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'settings',
      uid: 'uid-1',
      resourceVersion: '1',
      creationTimestamp: '',
      ...metadata,
    },
    data: { mode },
  };
}

const REQUESTS = {
  patch: { verb: 'patch', target: REF, patch: [] },
  apply: { verb: 'apply', target: REF, uid: null, manifest },
  create: { verb: 'create', target: REF, manifest },
  delete: { verb: 'delete', target: REF, uid: 'uid-1', propagation: 'Background' },
  evict: { verb: 'evict', target: REF, uid: 'uid-1' },
} as const satisfies Readonly<Record<string, WriteRequest>>;

function step(verb: keyof typeof REQUESTS, uid: string | null): Step {
  const fields: FieldValues = uid === null ? {} : { '/data/mode': 'old' };
  const takesAway = verb === 'delete' || verb === 'evict';
  return {
    id: 'step-1',
    summary: '',
    target: { ref: REF, uid, generation: 1, fields, digest: sha256(canonicalJson(fields)) },
    request: REQUESTS[verb],
    expected: takesAway ? {} : { '/data/mode': 'new' },
  };
}

const GOING = { deletionTimestamp: '2026-01-01T00:00:00Z' };
const ANOTHER = { uid: 'uid-2' };

describe('compareTarget', () => {
  it.each<[keyof typeof REQUESTS, string | null, KubeObject | undefined, string]>([
    ['patch', 'uid-1', live('old'), 'as_previewed'],
    ['patch', 'uid-1', live('new'), 'in_effect'],
    ['patch', 'uid-1', live('theirs'), 'moved'],
    ['patch', 'uid-1', live('old', ANOTHER), 'replaced'],
    ['patch', 'uid-1', live('old', GOING), 'replaced'],
    ['patch', 'uid-1', undefined, 'gone'],
    ['apply', 'uid-1', live('old'), 'as_previewed'],
    ['apply', 'uid-1', live('new'), 'in_effect'],
    ['apply', 'uid-1', undefined, 'gone'],
    ['apply', null, undefined, 'as_previewed'],
    ['apply', null, live('new'), 'in_effect'],
    ['apply', null, live('theirs'), 'moved'],
    ['apply', null, live('new', GOING), 'replaced'],
    ['create', null, undefined, 'as_previewed'],
    ['create', null, live('new', { annotations: { ...MARK, more: 'x' } }), 'in_effect'],
    ['create', null, live('new'), 'moved'],
    ['create', null, live('new', { annotations: { 'jamie-scarlet.io/plan': 'p-2' } }), 'moved'],
    ['create', null, live('theirs', { annotations: MARK }), 'moved'],
    ['delete', 'uid-1', live('old'), 'as_previewed'],
    ['delete', 'uid-1', live('theirs'), 'moved'],
    ['delete', 'uid-1', live('old', GOING), 'in_effect'],
    ['delete', 'uid-1', live('old', ANOTHER), 'in_effect'],
    ['delete', 'uid-1', undefined, 'in_effect'],
    ['evict', 'uid-1', live('old'), 'as_previewed'],
    ['evict', 'uid-1', live('theirs'), 'moved'],
    ['evict', 'uid-1', live('old', GOING), 'in_effect'],
    ['evict', 'uid-1', live('old', ANOTHER), 'in_effect'],
    ['evict', 'uid-1', undefined, 'in_effect'],
  ])('of a %s that pinned %s, sees what is there now (%#)', (verb, uid, object, kind) => {
    expect(compareTarget(step(verb, uid), object, sha256).kind).toBe(kind);
  });

  it('names what changed', () => {
    expect(compareTarget(step('patch', 'uid-1'), live('theirs'), sha256)).toEqual({
      kind: 'moved',
      changes: [{ pointer: '/data/mode', before: 'old', after: 'theirs' }],
    });
  });
});
