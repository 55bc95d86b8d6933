import { createHash } from 'node:crypto';
import { anAuditEntry, FakeSigner } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { AUDIT_START, linkAuditEntry } from './audit-chain.ts';
import type { AuditRecord } from './audit-entry.ts';
import { type AuditRemoval, type SignedAuditHead, signAuditHead, signAuditRemoval } from './audit-head.ts';
import { AuditWalk } from './audit-walk.ts';

const signer = new FakeSigner();
const foreign = new FakeSigner('00000000000000ff');

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function chain(count: number, after = AUDIT_START, kind = 'written'): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  for (let index = 0; index < count; index += 1)
    records.push(linkAuditEntry(records.at(-1) ?? after, anAuditEntry({ kind }), digest));
  return records;
}

function headsOf(
  records: readonly AuditRecord[],
  at: readonly number[],
  by = signer,
): readonly SignedAuditHead[] {
  const heads: SignedAuditHead[] = [];
  for (const record of records)
    if (at.includes(record.sequence)) heads.push(signAuditHead(record, 5, heads.at(-1), by));
  return heads;
}

interface Walk {
  readonly records: readonly AuditRecord[];
  readonly heads?: readonly SignedAuditHead[];
  readonly noted?: readonly SignedAuditHead[];
  readonly removals?: readonly AuditRemoval[];
}

/** The first fault on the way, or how far it went. */
function walk({ records, heads = [], noted = [], removals = [] }: Walk) {
  const way = new AuditWalk({ digest, keys: signer });
  const due = [
    ...heads.map((head) => ({ sequence: head.sequence, give: () => way.head(head) })),
    ...noted.map((head) => ({ sequence: head.sequence, give: () => way.notedHead(head) })),
  ].toSorted((one, other) => one.sequence - other.sequence);
  const steps = removals.map((removal) => () => way.removal(removal));
  const giveUpTo = (sequence: number) => {
    while ((due[0]?.sequence ?? Number.POSITIVE_INFINITY) <= sequence)
      steps.push(due.shift()?.give ?? (() => undefined));
  };
  giveUpTo(removals.at(-1)?.upTo ?? 0);
  for (const record of records) {
    steps.push(() => way.record(record));
    giveUpTo(record.sequence);
  }
  steps.push(...due.map(({ give }) => give), () => way.end());
  for (const step of steps) {
    const fault = step();
    if (fault !== undefined) return fault;
  }
  return way.walked;
}

const RECORDS = chain(9);
const HEADS = headsOf(RECORDS, [3, 6, 9]);

function rewrite(record: AuditRecord): AuditRecord {
  const before = { sequence: record.sequence - 1, hash: record.previousHash };
  return linkAuditEntry(before, anAuditEntry({ kind: 'rewritten' }), digest);
}

describe('AuditWalk', () => {
  it('goes to the end of what is whole, and knows up to where it is signed', () => {
    const records = chain(2, RECORDS[8]);
    expect(walk({ records: [...RECORDS, ...records], heads: HEADS, noted: HEADS.slice(0, 2) })).toEqual({
      records: 11,
      last: { sequence: 11, hash: records[1]?.hash },
      signedUpTo: 9,
      headsByKey: new Map([[signer.keyId, 3]]),
      removed: 0,
    });
    expect(walk({ records: [] })).toMatchObject({ records: 0, signedUpTo: 0, last: AUDIT_START });
  });

  it('names a record whose hash was made to fit, by the signed head behind it', () => {
    const records = RECORDS.with(4, rewrite(RECORDS[4] as AuditRecord));
    expect(walk({ records, heads: HEADS })).toEqual({
      kind: 'fault',
      reason: 'changed',
      sequence: 5,
      earliest: 4,
    });
  });

  it('can only name what does not follow where no head is behind it', () => {
    const records = RECORDS.with(7, rewrite(RECORDS[7] as AuditRecord));
    expect(walk({ records, heads: HEADS.slice(0, 2) })).toMatchObject({ reason: 'not_linked', sequence: 9 });
  });

  it('says between which records a rewritten chain begins', () => {
    const records = [...RECORDS.slice(0, 4), ...chain(5, RECORDS[3], 'rewritten')];
    expect(walk({ records, heads: HEADS })).toMatchObject({ reason: 'rewritten', sequence: 6, earliest: 4 });
  });

  it('finds what was cut off below a head, stored or noted elsewhere', () => {
    const records = RECORDS.slice(0, 7);
    expect(walk({ records, heads: HEADS })).toMatchObject({ reason: 'cut_off', sequence: 8 });
    const noted = { records, heads: HEADS.slice(0, 2), noted: HEADS };
    expect(walk(noted)).toMatchObject({ reason: 'cut_off', sequence: 8 });
    const onlyHeads = { records: RECORDS, heads: HEADS.slice(0, 2), noted: HEADS };
    expect(walk(onlyHeads)).toMatchObject({ reason: 'head_missing', sequence: 9 });
  });

  it('names a duplicate, an inserted and a missing record, also where numbers were made to fit', () => {
    const renumber = (records: readonly AuditRecord[], by: number) =>
      records.map((record) => ({ ...record, sequence: record.sequence + by }));
    const [before, behind] = [RECORDS.slice(0, 4), RECORDS.slice(4)];
    const forged = chain(1, RECORDS[3], 'forged');
    const cases: readonly (readonly [readonly AuditRecord[], string, number])[] = [
      [[...before, ...behind.slice(1)], 'missing', 5],
      [[...before, ...renumber(behind.slice(1), -1)], 'missing', 5],
      [[...before, ...forged, ...renumber(behind, 1)], 'inserted', 5],
      [[...before, ...renumber(before.slice(-1), 1), ...renumber(behind, 1)], 'out_of_order', 5],
      [[...before, ...before.slice(-1), ...behind], 'out_of_order', 4],
    ];
    for (const [records, reason, sequence] of cases)
      expect(walk({ records, heads: HEADS })).toMatchObject({ reason, sequence });
  });

  it('knows a head that somebody else signed, that was changed, or that does not follow', () => {
    const heads = (index: number, head: Partial<SignedAuditHead>) =>
      HEADS.with(index, { ...(HEADS[index] as SignedAuditHead), ...head });
    const stranger = headsOf(RECORDS, [3], foreign);
    expect(walk({ records: RECORDS, heads: stranger })).toMatchObject({
      reason: 'head_key_unknown',
      sequence: 3,
    });
    expect(walk({ records: RECORDS, heads: heads(1, { at: 6 }) })).toMatchObject({
      reason: 'head_not_signed',
      sequence: 6,
    });
    expect(walk({ records: RECORDS, heads: HEADS.toSpliced(1, 1) })).toMatchObject({
      reason: 'head_not_linked',
      sequence: 9,
    });
    expect(walk({ records: RECORDS, noted: [{ ...(HEADS[0] as SignedAuditHead), at: 9 }] })).toMatchObject({
      reason: 'head_not_signed',
    });
  });

  describe('behind removed records', () => {
    const removalAt = (sequence: number, count: number, by = signer) =>
      signAuditRemoval(
        {
          upTo: sequence,
          hash: RECORDS[sequence - 1]?.hash ?? '',
          removedAt: 9,
          count,
          by: 'system',
          rule: 'rule',
        },
        by,
      );
    const rest = RECORDS.slice(6);

    it('goes on from where they ended', () => {
      const removals = [removalAt(3, 3), removalAt(6, 3)];
      expect(walk({ records: rest, heads: HEADS, removals })).toMatchObject({ records: 3, removed: 6 });
    });

    it('takes no removal that is not signed, or that does not go on where the last one ended', () => {
      const cases: readonly (readonly [readonly AuditRemoval[], string])[] = [
        [[removalAt(6, 6, foreign)], 'removal_key_unknown'],
        [[{ ...removalAt(6, 6), by: 'somebody' }], 'removal_not_signed'],
        [[removalAt(6, 3)], 'removal_not_linked'],
      ];
      for (const [removals, reason] of cases)
        expect(walk({ records: rest, heads: HEADS, removals })).toMatchObject({ reason, sequence: 6 });
    });

    it('finds the first record missing when there is no removal in its place', () => {
      expect(walk({ records: rest, heads: HEADS })).toMatchObject({ reason: 'missing', sequence: 1 });
    });

    it('finds what was put back, and a removal that is about another chain', () => {
      const removals = [removalAt(6, 6)];
      const back = RECORDS.slice(4);
      expect(walk({ records: back, heads: HEADS, removals })).toMatchObject({
        reason: 'inserted',
        sequence: 5,
      });
      const other = signAuditRemoval({ ...removalAt(6, 6), hash: AUDIT_START.hash }, signer);
      expect(walk({ records: rest, heads: HEADS, removals: [other] })).toMatchObject({
        reason: 'rewritten',
        sequence: 6,
      });
    });
  });
});
