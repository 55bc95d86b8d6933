import { AUDIT_START, type AuditHead, hashAuditEntry } from './audit-chain.ts';
import type { AuditRecord } from './audit-entry.ts';
import type { AuditFault, AuditFaultReason } from './audit-fault.ts';
import { type AuditRemoval, isHeadSigned, isRemovalSigned, type SignedAuditHead } from './audit-head.ts';
import type { Digest } from './digest.ts';
import type { KeyRing } from './ports/signer.ts';

export interface AuditWalkOptions {
  readonly digest: Digest;
  readonly keys: KeyRing;
  /** Where a part of the chain begins. Absent: at its start, or where the last removal ended. */
  readonly after?: AuditHead;
}

/** How far a walk has come. */
export interface AuditWalked {
  readonly records: number;
  /** The last record, or where the chain begins as long as there is none. */
  readonly last: AuditHead;
  /** Nothing up to this number can be changed without the key; 0: no head yet. */
  readonly signedUpTo: number;
  /** How many heads each key signed. */
  readonly headsByKey: ReadonlyMap<string, number>;
  readonly removed: number;
}

/**
 * Walks along the audit and finds the first thing that does not hold, in constant memory. Give it what there is in
 * this order: all removals, oldest first; then the records in their order, each signed head right after the record
 * that it signs (heads about removed records before the first record); at last `end`. After a fault the walk is over.
 */
export class AuditWalk {
  readonly #digest: Digest;
  readonly #keys: KeyRing;
  /** A part of a chain begins somewhere; what came before its first head is not in it. */
  readonly #isPart: boolean;
  readonly #headsByKey = new Map<string, number>();
  #start: AuditHead;
  #beforeLast: AuditHead | undefined;
  #last: AuditHead;
  #lastHead: SignedAuditHead | undefined;
  #records = 0;
  /** A record that follows from another one than the one before it: a signed head later on tells which is the bad one. */
  #suspect: AuditRecord | undefined;

  constructor({ digest, keys, after }: AuditWalkOptions) {
    this.#digest = digest;
    this.#keys = keys;
    this.#isPart = after !== undefined;
    this.#start = after ?? AUDIT_START;
    this.#last = this.#start;
  }

  removal(removal: AuditRemoval): AuditFault | undefined {
    const { upTo, hash, count, signature } = removal;
    if (!isRemovalSigned(removal, this.#keys))
      return fault(this.#knows(signature.keyId) ? 'removal_not_signed' : 'removal_key_unknown', upTo);
    if (!this.#isPart && count !== upTo - this.#start.sequence) return fault('removal_not_linked', upTo);
    if (this.#isPart) return undefined;
    this.#start = { sequence: upTo, hash };
    this.#last = this.#start;
    return undefined;
  }

  record(record: AuditRecord): AuditFault | undefined {
    const found = this.#findRecordFault(record);
    if (found !== undefined) return this.#suspectFault() ?? found;
    this.#beforeLast = this.#last;
    this.#last = { sequence: record.sequence, hash: record.hash };
    this.#records += 1;
    return undefined;
  }

  head(head: SignedAuditHead): AuditFault | undefined {
    const broken = this.#findHeadFault(head);
    if (broken !== undefined) return this.#suspectFault() ?? fault(broken, head.sequence);
    const unlike = this.#compareWith(head);
    if (unlike !== undefined) return unlike;
    this.#lastHead = head;
    const { keyId } = head.signature;
    this.#headsByKey.set(keyId, (this.#headsByKey.get(keyId) ?? 0) + 1);
    return undefined;
  }

  /** A head that was noted elsewhere. Give it after the stored head of the same record: they must be the same. */
  notedHead(head: SignedAuditHead): AuditFault | undefined {
    const { sequence, signature } = head;
    if (!isHeadSigned(head, this.#keys))
      return fault(this.#knows(signature.keyId) ? 'head_not_signed' : 'head_key_unknown', sequence);
    const unlike = this.#compareWith(head);
    if (unlike !== undefined) return unlike;
    const isStored = this.#lastHead?.signature.value === signature.value;
    return isStored ? undefined : fault('head_missing', sequence);
  }

  /** Nothing more comes. */
  end(): AuditFault | undefined {
    return this.#suspectFault();
  }

  get walked(): AuditWalked {
    return {
      records: this.#records,
      last: this.#last,
      signedUpTo: this.#lastHead?.sequence ?? 0,
      headsByKey: this.#headsByKey,
      removed: this.#isPart ? 0 : this.#start.sequence,
    };
  }

  #findRecordFault(record: AuditRecord): AuditFault | undefined {
    const expected = this.#last.sequence + 1;
    const { sequence, previousHash, hash } = record;
    if (sequence <= this.#start.sequence) return fault('inserted', sequence);
    if (sequence < expected) return fault('out_of_order', sequence);
    if (sequence > expected) return fault('missing', expected);
    if (hash === this.#last.hash) return fault('out_of_order', sequence);
    const isWhole = this.#hashAs(record, sequence) === hash;
    if (previousHash === this.#last.hash) return isWhole ? undefined : fault('changed', sequence);
    if (this.#hashAs(record, sequence + 1) === hash) return fault('missing', sequence);
    if (this.#isBehindInserted(record)) return fault('inserted', this.#last.sequence);
    if (!isWhole) return fault('changed', sequence);
    if (this.#suspect !== undefined) return fault('not_linked', sequence);
    this.#suspect = record;
    return undefined;
  }

  /** Whether this follows from the last record but one, under the number of the last: that one was put between. */
  #isBehindInserted(record: AuditRecord): boolean {
    const { sequence, previousHash, hash } = record;
    return previousHash === this.#beforeLast?.hash && this.#hashAs(record, sequence - 1) === hash;
  }

  #findHeadFault(head: SignedAuditHead): AuditFaultReason | undefined {
    const { sequence, previousSignature, signature } = head;
    if (!isHeadSigned(head, this.#keys))
      return this.#knows(signature.keyId) ? 'head_not_signed' : 'head_key_unknown';
    const isFirstOfPart = this.#isPart && this.#lastHead === undefined;
    if (isFirstOfPart) return undefined;
    const follows = previousSignature === (this.#lastHead?.signature.value ?? '');
    return follows && sequence > (this.#lastHead?.sequence ?? 0) ? undefined : 'head_not_linked';
  }

  /** Compares the chain with what was signed of it. */
  #compareWith(head: AuditHead): AuditFault | undefined {
    // What was signed of removed records can be compared with nothing any more.
    if (head.sequence < this.#start.sequence) return undefined;
    if (head.sequence > this.#last.sequence)
      return this.#suspectFault() ?? fault('cut_off', this.#last.sequence + 1);
    const earliest = Math.max(this.#lastHead?.sequence ?? 0, this.#start.sequence) + 1;
    if (head.hash !== this.#last.hash) {
      return this.#suspectFault() ?? fault('rewritten', head.sequence, earliest);
    }
    if (this.#suspect === undefined) return undefined;
    // All from the suspect on is what was signed: the bad one is what it does not follow from.
    return fault('changed', this.#suspect.sequence - 1, earliest);
  }

  #suspectFault(): AuditFault | undefined {
    return this.#suspect && fault('not_linked', this.#suspect.sequence);
  }

  #hashAs({ previousHash, entry }: AuditRecord, sequence: number): string {
    return hashAuditEntry(sequence, previousHash, entry, this.#digest);
  }

  #knows(keyId: string): boolean {
    return this.#keys.keys.some((key) => key.keyId === keyId);
  }
}

function fault(reason: AuditFaultReason, sequence: number, earliest = sequence): AuditFault {
  return { kind: 'fault', reason, sequence, ...(earliest < sequence && { earliest }) };
}
