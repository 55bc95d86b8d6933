import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AUDIT_START, linkAuditEntry, verifyAuditChain } from './audit-chain.ts';
import type { AuditEntry, AuditRecord } from './audit-entry.ts';
import type { CorrelationId } from './ids.ts';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function anEntry(kind: string): AuditEntry {
  return { at: 5, kind, actor: 'slack:T1:U1', correlationId: 'c1' as CorrelationId, details: { votes: 1 } };
}

function chainOf(kinds: readonly string[]): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const kind of kinds)
    records.push(linkAuditEntry(records.at(-1) ?? AUDIT_START, anEntry(kind), digest));
  return records;
}

const kinds = fc.array(fc.string(), { minLength: 2, maxLength: 12 });
/** A chain and two different places in it, the first before the second. */
const chainWithPlaces = kinds.chain((each) =>
  fc.tuple(
    fc.constant(chainOf(each)),
    fc
      .uniqueArray(fc.nat({ max: each.length - 1 }), { minLength: 2, maxLength: 2 })
      .map((two) => two.toSorted((a, b) => a - b)),
  ),
);

function checkBroken(tampered: readonly AuditRecord[], index: number): void {
  expect(verifyAuditChain(tampered, digest)).toMatchObject({ kind: 'broken', index });
}

describe('verifyAuditChain', () => {
  it('finds any chain intact, whole or in pages', () => {
    fc.assert(
      fc.property(kinds, fc.nat({ max: 12 }), (each, cut) => {
        const records = chainOf(each);
        const whole = verifyAuditChain(records, digest);
        expect(whole).toMatchObject({ kind: 'intact', head: { sequence: each.length } });
        const first = verifyAuditChain(records.slice(0, cut), digest);
        expect(first.kind).toBe('intact');
        if (first.kind === 'intact')
          expect(verifyAuditChain(records.slice(cut), digest, first.head)).toEqual(whole);
      }),
    );
  });

  it('names the record whose entry, number, link or hash was changed', () => {
    const changes: readonly ((record: AuditRecord) => AuditRecord)[] = [
      (record) => ({ ...record, entry: { ...record.entry, actor: `${record.entry.actor}!` } }),
      (record) => ({ ...record, entry: { ...record.entry, details: { ...record.entry.details, more: 1 } } }),
      (record) => ({ ...record, sequence: record.sequence + 1 }),
      (record) => ({ ...record, previousHash: digest(record.previousHash) }),
      (record) => ({ ...record, hash: digest(record.hash) }),
    ];
    fc.assert(
      fc.property(chainWithPlaces, fc.constantFrom(...changes), ([records, [index = 0]], change) => {
        checkBroken(
          records.map((record, place) => (place === index ? change(record) : record)),
          index,
        );
      }),
    );
  });

  it('names the record that follows a dropped one', () => {
    fc.assert(
      fc.property(chainWithPlaces, ([records, [index = 0]]) => {
        checkBroken(records.toSpliced(index, 1), index);
      }),
    );
  });

  it('names the first of two records that changed places', () => {
    fc.assert(
      fc.property(chainWithPlaces, ([records, [first = 0, second = 1]]) => {
        const swapped = [...records];
        [swapped[first], swapped[second]] = [records[second] as AuditRecord, records[first] as AuditRecord];
        checkBroken(swapped, first);
      }),
    );
  });

  it('names an inserted record, or the one behind it when it was made to fit', () => {
    fc.assert(
      fc.property(chainWithPlaces, ([records, [index = 0]]) => {
        const forged = linkAuditEntry(records[index - 1] ?? AUDIT_START, anEntry('forged'), digest);
        checkBroken(records.toSpliced(index, 0, records[index] as AuditRecord), index + 1);
        checkBroken(records.toSpliced(index, 0, forged), index + 1);
      }),
    );
  });

  it('misses what was cut off the end only without a head noted before', () => {
    const records = chainOf(['one', 'two', 'three']);
    const cut = verifyAuditChain(records.slice(0, 2), digest);
    expect(cut).not.toEqual(verifyAuditChain(records, digest));
  });
});
