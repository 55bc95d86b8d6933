import type { JsonObject, WriteRequest } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALICE, RULES } from '../doubles/requests.ts';
import { sentAs, WRITES } from '../doubles/write-requests.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { decideRequest } from './decide-request.ts';
import { formatWrite } from './format-write.ts';

const TYPES = [
  'application/json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
  'text/plain',
];
const writes = Object.values(WRITES);
const sent = fc
  .record({ write: fc.constantFrom(...writes), dryRun: fc.boolean() })
  .map(({ write, dryRun }) => sentAs(write, { dryRun }));

/** Real requests of which one part was exchanged for that of another, or for anything at all. */
const mixed: fc.Arbitrary<ApiRequest> = fc
  .record({
    base: sent,
    other: sent,
    chaos: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
    text: fc.string(),
  })
  .chain(({ base, other, chaos, text }) =>
    fc.record({
      method: pick(
        chaos[0],
        base.method,
        other.method,
        fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', text),
      ),
      path: pick(chaos[1], base.path, other.path, fc.constantFrom(`${base.path}/${text}`, text)),
      query: pick(chaos[2], base.query ?? {}, other.query ?? {}, anyQuery()),
      contentType: pick(chaos[3], base.contentType ?? '', other.contentType ?? '', fc.constantFrom(...TYPES)),
      body: pick(chaos[4], base.body ?? '', other.body ?? '', anyBody(base.body ?? '')),
      as: fc.constant(ALICE),
    }),
  );

function pick<T>(chance: number | undefined, own: T, other: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  if (chance === 0) return any;
  return fc.constant(chance === 1 ? other : own);
}

function anyQuery(): fc.Arbitrary<Record<string, string>> {
  const key = fc.constantFrom('dryRun', 'force', 'fieldManager', 'fieldValidation', 'propagationPolicy');
  return fc.dictionary(key, fc.constantFrom('All', 'None', 'true', '', 'jamie-scarlet', 'Strict'), {
    maxKeys: 3,
  });
}

/** The body with one member more somewhere near the top, or any JSON, or any text. */
function anyBody(body: string): fc.Arbitrary<string> {
  const object = JSON.parse(body) as JsonObject;
  const member = fc.constantFrom(
    'dryRun',
    'metadata',
    'spec',
    'status',
    'force',
    'preconditions',
    '__proto__',
  );
  const extended = fc
    .record({ member, value: fc.jsonValue() })
    .map(({ member: key, value }) => JSON.stringify({ ...object, [key]: value }));
  return fc.oneof(extended, fc.json(), fc.string(), fc.constant(body.slice(0, -1)), fc.constant(`${body}\n`));
}

describe('decideRequest on anything that looks like a write', () => {
  it('answers always, and never lets pass what is not, byte for byte, what the writer would send', () => {
    const kinds = new Set<string>();
    const property = fc.property(mixed, (request) => {
      const decision = decideRequest(request, RULES);
      kinds.add(decision.kind);
      if (decision.kind !== 'write' && decision.kind !== 'dry_run') return;
      expect(spellings(decision.write, decision.kind === 'dry_run', request)).toContainEqual(
        bytesOf(request),
      );
    });
    fc.assert(property, { numRuns: 4_000 });
    expect([...kinds].sort()).toEqual(['dry_run', 'refused', 'write']);
  });

  it('never takes a delete without exactly one uid for anything', () => {
    const options = fc.record(
      {
        apiVersion: fc.constant('v1'),
        kind: fc.constant('DeleteOptions'),
        preconditions: fc.oneof(
          fc.constant({ uid: 'u-1' }),
          fc.record({ uid: fc.oneof(fc.string(), fc.constant(null), fc.nat()) }),
          fc.record({ uid: fc.constant('u-1'), resourceVersion: fc.string() }),
        ),
        propagationPolicy: fc.oneof(fc.constantFrom('Background', 'Orphan', 'Foreground'), fc.string()),
        gracePeriodSeconds: fc.nat(),
        dryRun: fc.oneof(fc.constant(['All']), fc.constant([]), fc.constant(['None'])),
      },
      { requiredKeys: [] },
    );
    const property = fc.property(options, (body) => {
      const request = { ...sentAs(WRITES['delete'] as WriteRequest), body: JSON.stringify(body) };
      const decision = decideRequest(request, RULES);
      if (decision.kind === 'refused') return;
      expect(Object.keys(body.preconditions ?? {})).toEqual(['uid']);
      expect(body.gracePeriodSeconds).toBeUndefined();
      expect(decision.kind).toBe(JSON.stringify(body.dryRun) === '["All"]' ? 'dry_run' : 'write');
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});

function bytesOf({ method, path, query, contentType, body }: ApiRequest): unknown {
  return { method, path, query, contentType, body };
}

/** What the writer sends for this: with the precondition of the request, if it has one. */
function spellings(write: WriteRequest, dryRun: boolean, request: ApiRequest): readonly unknown[] {
  const version = /"resourceVersion":"(\d+)"|\/metadata\/resourceVersion","value":"(\d+)"/.exec(
    request.body ?? '',
  );
  const resourceVersion = version?.[1] ?? version?.[2];
  return [
    formatWrite(write, { dryRun }),
    ...(resourceVersion === undefined ? [] : [formatWrite(write, { dryRun, resourceVersion })]),
  ];
}
