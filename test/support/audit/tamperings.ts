import {
  AUDIT_START,
  type AuditEntry,
  type AuditFault,
  type AuditRecord,
  canonicalJson,
  linkAuditEntry,
  type SignedAuditHead,
  signAuditHead,
  signAuditRemoval,
} from '@jamie/core';
import type { SqlValue } from '@jamie/database';
import { sha256 } from '@jamie/runtime';
import { anAuditEntry } from '@jamie/testing';
import { type Expectation, HEADS, RECORDS, type SignedAudit } from './signed-audit.ts';
import type { TrialDice } from './trial-dice.ts';

type Tampering = (audit: SignedAudit, dice: TrialDice) => Expectation;

/** Exactly this record is named. */
function names(sequence: number, against: Expectation['against'] = 'store'): Expectation {
  return { against, expected: (fault) => fault.sequence === sequence && fault.earliest === undefined };
}

/** Only the key could tell which was the first: it is within what is named. */
function encloses(first: number): Expectation {
  return {
    against: 'store',
    expected: ({ sequence, earliest = sequence }) => earliest <= first && first <= sequence,
  };
}

/** The last bad one is named, and the first is within what is named. */
function namesOrEncloses(sequence: number): Expectation {
  const { expected } = encloses(sequence);
  return { against: 'store', expected: (fault) => expected(fault) && fault.sequence === sequence };
}

function namesHead(sequence: number, against: Expectation['against'] = 'store'): Expectation {
  const isHead = (fault: AuditFault) => fault.reason.startsWith('head_');
  return { against, expected: (fault) => isHead(fault) && fault.sequence === sequence };
}

/** Turns one bit of a text column over, wherever that leads. */
function flipText(
  audit: SignedAudit,
  dice: TrialDice,
  table: string,
  column: string,
  sequence: number,
): void {
  const key = table === 'audit_removals' ? 'up_to' : 'sequence';
  const row = audit.database.get(`SELECT ${column} AS text FROM ${table} WHERE ${key} = ?`, sequence);
  const bytes = Buffer.from(String(row?.['text']), 'utf8');
  const place = dice.within(0, bytes.length - 1);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << dice.within(0, 7));
  const sql = `UPDATE ${table} SET ${column} = CAST(? AS TEXT) WHERE ${key} = ?`;
  audit.database.run(sql, bytes, sequence);
}

function renumberFrom({ database }: SignedAudit, sequence: number, by: 1 | -1): void {
  // In two steps, since numbers are unique at every moment.
  database.run('UPDATE audit SET sequence = -(sequence + ?) WHERE sequence >= ?', by, sequence);
  database.run('UPDATE audit SET sequence = -sequence WHERE sequence < 0');
}

function put({ database }: SignedAudit, { sequence, previousHash, entry, hash }: AuditRecord): void {
  const values: readonly SqlValue[] = [sequence, previousHash, canonicalJson(entry), hash];
  database.run(
    'INSERT OR REPLACE INTO audit (sequence, previous_hash, entry, hash) VALUES (?, ?, ?, ?)',
    ...values,
  );
}

function recordAt({ records }: SignedAudit, sequence: number): AuditRecord {
  const record = records[sequence - 1];
  if (record === undefined) throw new Error(`no record ${sequence}`);
  return record;
}

function before(audit: SignedAudit, sequence: number) {
  return sequence === 1 ? AUDIT_START : recordAt(audit, sequence - 1);
}

function forgedEntry(dice: TrialDice): AuditEntry {
  return anAuditEntry({
    kind: 'plan.approved',
    actor: 'slack:T1:MALLORY',
    details: { forged: dice.within(0, 9) },
  });
}

/** Everything from a record on with other words, linked and hashed as it must be. */
function rewriteFrom(audit: SignedAudit, dice: TrialDice, first: number): readonly AuditRecord[] {
  let head = before(audit, first);
  return audit.records.slice(first - 1).map(({ entry, sequence }) => {
    const record = linkAuditEntry(head, sequence === first ? forgedEntry(dice) : entry, sha256);
    put(audit, record);
    head = record;
    return record;
  });
}

function putHead({ database }: SignedAudit, head: SignedAuditHead, at = head.sequence): void {
  database.run(
    'INSERT OR REPLACE INTO audit_heads (sequence, record) VALUES (?, ?)',
    at,
    canonicalJson(head),
  );
}

function headAt({ heads }: SignedAudit, index: number): SignedAuditHead {
  const head = heads[index];
  if (head === undefined) throw new Error(`no head ${index}`);
  return head;
}

function anyRecord(dice: TrialDice): number {
  return dice.within(1, RECORDS);
}

/** What somebody can do who has the file and knows how it is made, and has not the key. */
export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a bit of what was said turned over': (audit, dice) => {
    const sequence = anyRecord(dice);
    flipText(audit, dice, 'audit', 'entry', sequence);
    return names(sequence);
  },
  'a bit of a hash turned over': (audit, dice) => {
    const sequence = anyRecord(dice);
    flipText(audit, dice, 'audit', dice.oneOf(['hash', 'previous_hash']), sequence);
    return names(sequence);
  },
  'a bit of a number turned over': (audit, dice) => {
    const sequence = anyRecord(dice);
    const other = sequence + 2 ** dice.within(6, 40);
    audit.database.run('UPDATE audit SET sequence = ? WHERE sequence = ?', other, sequence);
    return names(sequence);
  },
  'one or more dropped': (audit, dice) => {
    const sequence = anyRecord(dice);
    const last = sequence + dice.within(0, 3);
    audit.database.run('DELETE FROM audit WHERE sequence BETWEEN ? AND ?', sequence, last);
    return names(sequence);
  },
  'one dropped and the rest renumbered': (audit, dice) => {
    const sequence = anyRecord(dice);
    audit.database.run('DELETE FROM audit WHERE sequence = ?', sequence);
    renumberFrom(audit, sequence + 1, -1);
    return names(sequence);
  },
  'one twice': (audit, dice) => {
    const sequence = anyRecord(dice);
    renumberFrom(audit, sequence + 1, 1);
    put(audit, { ...recordAt(audit, sequence), sequence: sequence + 1 });
    return names(sequence + 1);
  },
  'two in the place of each other': (audit, dice) => {
    const first = dice.within(1, RECORDS - 1);
    const second = dice.within(first + 1, RECORDS);
    put(audit, { ...recordAt(audit, second), sequence: first });
    put(audit, { ...recordAt(audit, first), sequence: second });
    return names(first);
  },
  'one put in that does not fit': (audit, dice) => {
    const sequence = anyRecord(dice);
    renumberFrom(audit, sequence, 1);
    const link = linkAuditEntry(before(audit, sequence), forgedEntry(dice), sha256);
    const hash = dice.oneOf(['hash', 'previousHash'] as const);
    put(audit, { ...link, [hash]: sha256('anything') });
    return names(sequence);
  },
  'one put in that fits what is before it': (audit, dice) => {
    const sequence = anyRecord(dice);
    renumberFrom(audit, sequence, 1);
    put(audit, linkAuditEntry(before(audit, sequence), forgedEntry(dice), sha256));
    return namesOrEncloses(sequence);
  },
  'the end cut off': (audit, dice) => {
    const last = dice.within(0, RECORDS - 1);
    audit.database.run('DELETE FROM audit WHERE sequence > ?', last);
    return names(last + 1);
  },
  'the end cut off with its heads': (audit, dice) => {
    const last = dice.within(0, RECORDS - 1);
    for (const table of ['audit', 'audit_heads'])
      audit.database.run(`DELETE FROM ${table} WHERE sequence > ?`, last);
    return names(last + 1, 'store and notes');
  },
  'one rewritten with its hash': (audit, dice) => {
    const sequence = anyRecord(dice);
    put(audit, linkAuditEntry(before(audit, sequence), forgedEntry(dice), sha256));
    return namesOrEncloses(sequence);
  },
  'everything from one on rewritten': (audit, dice) => {
    const first = anyRecord(dice);
    rewriteFrom(audit, dice, first);
    return encloses(first);
  },
  'everything from one on rewritten and signed with another key': (audit, dice) => {
    const first = anyRecord(dice);
    const records = rewriteFrom(audit, dice, first);
    const kept = audit.heads.filter(({ sequence }) => sequence < first);
    let previous = kept.at(-1);
    for (const { sequence, at } of audit.heads.slice(kept.length)) {
      const record = records[sequence - first];
      if (record === undefined) continue;
      previous = signAuditHead(record, at, previous, audit.foreign);
      putHead(audit, previous);
    }
    return namesHead(audit.heads[kept.length]?.sequence ?? 0);
  },
  'two heads in the place of each other': (audit, dice) => {
    const first = dice.within(0, HEADS.length - 2);
    const second = dice.within(first + 1, HEADS.length - 1);
    const [one, other] = [headAt(audit, first), headAt(audit, second)];
    const renamed = dice.oneOf([true, false]);
    putHead(audit, renamed ? { ...other, sequence: one.sequence } : other, one.sequence);
    putHead(audit, renamed ? { ...one, sequence: other.sequence } : one, other.sequence);
    return namesHead(one.sequence);
  },
  'a head dropped': (audit, dice) => {
    const index = dice.within(0, HEADS.length - 2);
    audit.database.run('DELETE FROM audit_heads WHERE sequence = ?', headAt(audit, index).sequence);
    return namesHead(headAt(audit, index + 1).sequence);
  },
  'the last heads dropped': (audit, dice) => {
    const { sequence } = headAt(audit, dice.within(0, HEADS.length - 1));
    audit.database.run('DELETE FROM audit_heads WHERE sequence >= ?', sequence);
    return namesHead(sequence, 'store and notes');
  },
  'a bit of a head turned over': (audit, dice) => {
    const { sequence } = headAt(audit, dice.within(0, HEADS.length - 1));
    flipText(audit, dice, 'audit_heads', 'record', sequence);
    return namesHead(sequence);
  },
  'a signature of another key': (audit, dice) => {
    const head = headAt(audit, dice.within(0, HEADS.length - 1));
    const index = audit.heads.indexOf(head);
    const { signature } = signAuditHead(head, head.at, audit.heads[index - 1], audit.foreign);
    const { keyId } = dice.oneOf([head.signature, signature]);
    putHead(audit, { ...head, signature: { ...signature, keyId } });
    return namesHead(head.sequence);
  },
  'a removal that another key signed': (audit, dice) => {
    const { sequence: upTo, hash } = headAt(audit, dice.within(0, HEADS.length - 1));
    const said = { upTo, hash, removedAt: 9, count: upTo, by: 'system', rule: 'AUDIT_RETENTION_DAYS=1' };
    const removal = signAuditRemoval(said, audit.foreign);
    audit.database.run('DELETE FROM audit WHERE sequence <= ?', upTo);
    audit.database.run(
      'INSERT INTO audit_removals (up_to, record) VALUES (?, ?)',
      upTo,
      canonicalJson(removal),
    );
    return {
      against: 'store',
      expected: ({ reason, sequence }) => reason === 'removal_key_unknown' && sequence === upTo,
    };
  },
};
