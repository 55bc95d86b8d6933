import {
  type AuditFault,
  type AuditFaultReason,
  type AuditHeadNotes,
  AuditWalk,
  type AuditWalked,
  type Digest,
  isOpsError,
  type KeyRing,
  type SignedAuditHead,
  type Store,
} from '@jamie/core';
import { isUnreadable, readInPages, type Unreadable } from './read-in-pages.ts';

export type AuditSource = Pick<
  Store,
  'listAudit' | 'listAuditHeads' | 'listAuditRemovals' | 'findLastAuditHead'
>;

export interface AuditProof {
  readonly store: AuditSource;
  readonly digest: Digest;
  readonly keys: KeyRing;
  /** Where heads are noted beside the store, if anywhere. */
  readonly headNotes?: AuditHeadNotes;
}

/** How far the audit holds, and the first thing that does not, if anything. */
export interface AuditFinding {
  readonly fault?: AuditFault;
  readonly walked: AuditWalked;
}

/** Verifies everything: records, heads, signatures, removals and what was noted elsewhere. Constant memory. */
export async function walkAudit(proof: AuditProof): Promise<AuditFinding> {
  const finding = await walkOnce(proof);
  if (finding.fault === undefined) return finding;
  // Records whose time was up may have been removed on the way.
  const since = await proof.store.listAuditRemovals(finding.walked.removed, 1).catch(() => []);
  return since.length === 0 ? finding : walkOnce(proof);
}

async function walkOnce(proof: AuditProof): Promise<AuditFinding> {
  const walk = new AuditWalk(proof);
  const fault = await findFault(proof, walk);
  return { walked: walk.walked, ...(fault !== undefined && { fault }) };
}

async function findFault(proof: AuditProof, walk: AuditWalk): Promise<AuditFault | undefined> {
  const { store } = proof;
  const heads = await openHeads(proof, walk);
  if ('reason' in heads) return heads;
  try {
    return await findFaultWith(store, walk, heads);
  } finally {
    await heads.close();
  }
}

async function findFaultWith(
  store: AuditSource,
  walk: AuditWalk,
  heads: DueHeads,
): Promise<AuditFault | undefined> {
  const removals = readInPages(
    (after, limit) => store.listAuditRemovals(after, limit),
    ({ upTo }) => upTo,
  );
  for await (const removal of removals) {
    const fault = isUnreadable(removal) ? spoilt('removal_unreadable', removal) : walk.removal(removal);
    if (fault !== undefined) return fault;
  }
  const early = await heads.giveUpTo(walk.walked.last.sequence);
  if (early !== undefined) return early;
  const records = readInPages(
    // What was put back below a removal is read as well, and found.
    (after, limit) => store.listAudit(after, limit),
    ({ sequence }) => sequence,
  );
  for await (const record of records) {
    if (isUnreadable(record)) return walk.end() ?? unreadableFault(record, walk.walked.last.sequence + 1);
    const fault = walk.record(record) ?? (await heads.giveUpTo(record.sequence));
    if (fault !== undefined) return fault;
  }
  return (await heads.giveUpTo(Number.POSITIVE_INFINITY)) ?? walk.end();
}

function unreadableFault(record: Unreadable, expected: number): AuditFault {
  if (record.sequence <= expected) return spoilt('unreadable', record);
  return { kind: 'fault', reason: 'missing', sequence: expected };
}

function spoilt(reason: AuditFaultReason, { sequence }: Unreadable): AuditFault {
  return { kind: 'fault', reason, sequence };
}

/** The heads that are due, stored and noted, each at its record. */
interface DueHeads {
  giveUpTo(sequence: number): Promise<AuditFault | undefined>;
  /** A file of notes is open until then. */
  close(): Promise<void>;
}

interface HeadLane {
  readonly heads: AsyncGenerator<SignedAuditHead | Unreadable, void>;
  readonly unreadable: AuditFaultReason;
  readonly give: (head: SignedAuditHead) => AuditFault | undefined;
  /** What comes after it was signed while we walk. */
  readonly upTo: number;
  next: SignedAuditHead | Unreadable | undefined;
}

async function openHeads({ store, headNotes }: AuditProof, walk: AuditWalk): Promise<DueHeads | AuditFault> {
  // A head is stored before it is noted: read the other way round, one that is signed just now looks like a lost one.
  const noted = await lastNoted(headNotes);
  if (noted !== undefined && 'reason' in noted) return noted;
  const stored = readInPages(
    (after, limit) => store.listAuditHeads(after, limit),
    ({ sequence }) => sequence,
  );
  const lanes: readonly HeadLane[] = [
    {
      heads: stored,
      unreadable: 'head_unreadable',
      give: (head) => walk.head(head),
      upTo: await lastStored(store),
      next: undefined,
    },
    {
      heads: readable(headNotes),
      unreadable: 'notes_unreadable',
      give: (head) => walk.notedHead(head),
      upTo: noted?.sequence ?? 0,
      next: undefined,
    },
  ];
  for (const lane of lanes) await advance(lane);
  return {
    giveUpTo: (sequence) => giveHeads(lanes, sequence),
    async close() {
      for (const lane of lanes) await lane.heads.return();
    },
  };
}

async function lastStored(store: AuditSource): Promise<number> {
  try {
    return (await store.findLastAuditHead())?.sequence ?? 0;
  } catch (error) {
    if (!isOpsError(error, 'internal')) throw error;
    return Number.POSITIVE_INFINITY;
  }
}

async function lastNoted(
  notes: AuditHeadNotes | undefined,
): Promise<SignedAuditHead | AuditFault | undefined> {
  try {
    return await notes?.last();
  } catch (error) {
    if (!isOpsError(error, 'internal') && !isOpsError(error, 'unavailable')) throw error;
    return { kind: 'fault', reason: 'notes_unreadable', sequence: 0 };
  }
}

async function giveHeads(lanes: readonly HeadLane[], upTo: number): Promise<AuditFault | undefined> {
  for (;;) {
    const due = lanes.filter((lane) => lane.next !== undefined && lane.next.sequence <= upTo);
    // The stored one of two about the same record comes first.
    const lane = due.toSorted((one, other) => sequenceOf(one) - sequenceOf(other))[0];
    if (lane?.next === undefined) return undefined;
    const fault = isUnreadable(lane.next) ? spoilt(lane.unreadable, lane.next) : lane.give(lane.next);
    if (fault !== undefined) return fault;
    await advance(lane);
  }
}

function sequenceOf({ next }: HeadLane): number {
  return next?.sequence ?? Number.POSITIVE_INFINITY;
}

async function advance(lane: HeadLane): Promise<void> {
  const { value } = await lane.heads.next();
  lane.next = value === undefined || value.sequence > lane.upTo ? undefined : value;
}

async function* readable(
  notes: AuditHeadNotes | undefined,
): AsyncGenerator<SignedAuditHead | Unreadable, void> {
  if (notes === undefined) return;
  let last = 0;
  try {
    for await (const head of notes.read()) {
      yield head;
      last = head.sequence;
    }
  } catch (error) {
    if (!isOpsError(error, 'internal') && !isOpsError(error, 'unavailable')) throw error;
    yield { kind: 'unreadable', sequence: last };
  }
}
