import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import {
  AUDIT_START,
  type AuditEntry,
  type AuditHead,
  type CorrelationId,
  type SignedAuditHead,
  type Store,
  signAuditHead,
  toOpsError,
  verifyAuditChain,
} from '@jamie/core';
import type { AuditKeeping } from './audit-keeping.ts';
import { removeOldAudit } from './remove-old-audit.ts';

/** Signs the end of the audit again and again, and removes what is older than it is to be kept. */
export interface AuditKeeper {
  /** Does what is due; cheap when nothing is. Throws what the store throws. */
  sweep(): Promise<void>;
  /** Signs what has come since. Never throws. */
  stop(): Promise<void>;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE = 500;

export function createAuditKeeper(keeping: AuditKeeping): AuditKeeper {
  const { clock, logger } = keeping;
  let signAt: number | undefined;
  let removeAt = 0;
  let hasToldOfKey = keeping.changedFrom === undefined;
  return {
    async sweep() {
      if (!hasToldOfKey) await tellOfNewKey(keeping);
      hasToldOfKey = true;
      signAt ??= ((await keeping.store.findLastAuditHead())?.at ?? -HOUR_MS) + HOUR_MS;
      if (clock.now() < signAt) return;
      await signHead(keeping);
      signAt = clock.now() + HOUR_MS;
      if (clock.now() < removeAt) return;
      await removeOldAudit(keeping);
      removeAt = clock.now() + DAY_MS;
    },
    async stop() {
      try {
        await signHead(keeping);
      } catch (error) {
        // The next start signs it; until then it is as safe as what came since the last hour always is.
        logger.warn('the end of the audit was not signed', { code: toOpsError(error).code, err: error });
      }
    },
  };
}

/**
 * Signs the end of the chain when it has grown and what came since the last head holds; what does not hold is never
 * signed. Then notes every head that is not noted yet. Returns the newest head.
 */
export async function signHead(keeping: AuditKeeping): Promise<SignedAuditHead | undefined> {
  const { store, signer, clock, logger } = keeping;
  const previous = await store.findLastAuditHead();
  const end = await findSoundEnd(keeping, previous);
  if (end === undefined || end.sequence === previous?.sequence) {
    await noteHeads(keeping);
    return previous;
  }
  const head = signAuditHead(end, clock.now(), previous, signer);
  const result = await store.commit([{ kind: 'audit.sign_head', head }]);
  // Another replica was quicker: its head serves as well.
  if (result.kind === 'committed') {
    logger.debug('the end of the audit was signed', { sequence: head.sequence, keyId: signer.keyId });
  }
  await noteHeads(keeping);
  return store.findLastAuditHead();
}

/** The end of the chain, when all since the last head follows from it. */
async function findSoundEnd(
  { store, digest, logger }: AuditKeeping,
  previous: SignedAuditHead | undefined,
): Promise<AuditHead | undefined> {
  const start = await findStart(store);
  let end = previous !== undefined && previous.sequence > start.sequence ? pick(previous) : start;
  if (end.sequence > start.sequence) {
    const [signed] = await store.listAudit(end.sequence - 1, 1);
    if (signed?.sequence !== end.sequence || signed.hash !== end.hash) {
      logger.error('the audit is not what was signed, so it is signed no further', {
        sequence: end.sequence,
      });
      return undefined;
    }
  }
  for (;;) {
    const records = await store.listAudit(end.sequence, PAGE);
    if (records.length === 0) return end;
    const result = verifyAuditChain(records, digest, end);
    if (result.kind === 'broken') {
      logger.error('the audit does not hold, so it is signed no further', { sequence: result.sequence });
      return undefined;
    }
    end = result.head;
    // The first head of a long record reads all of it, and a read of the embedded store gives way to nobody.
    await othersHadTheirTurn();
  }
}

function pick({ sequence, hash }: AuditHead): AuditHead {
  return { sequence, hash };
}

/** Where the records begin: behind the last removal. */
async function findStart(store: Store): Promise<AuditHead> {
  let start = AUDIT_START;
  for (;;) {
    const removals = await store.listAuditRemovals(start.sequence, PAGE);
    const last = removals.at(-1);
    if (last === undefined) return start;
    start = { sequence: last.upTo, hash: last.hash };
  }
}

/** Brings the second place up to date; what was missed by a crash comes along. */
async function noteHeads({ store, headNotes, logger }: AuditKeeping): Promise<void> {
  if (headNotes === undefined) return;
  const noted = (await headNotes.last())?.sequence ?? 0;
  const stored = (await store.findLastAuditHead())?.sequence ?? 0;
  if (noted > stored) {
    logger.error('the store lacks signed heads of the audit that are noted elsewhere', { noted, stored });
    return;
  }
  for (let after = noted; ; ) {
    const heads = await store.listAuditHeads(after, PAGE);
    const last = heads.at(-1);
    if (last === undefined) return;
    await headNotes.append(heads);
    after = last.sequence;
  }
}

async function tellOfNewKey({ store, signer, clock, ids, logger, changedFrom }: AuditKeeping): Promise<void> {
  logger.warn('another key signs the audit from now on', { keyId: signer.keyId, changedFrom });
  const entry: AuditEntry = {
    at: clock.now(),
    kind: 'audit.key_changed',
    actor: 'system',
    correlationId: ids.next('correlation') as CorrelationId,
    details: { from: changedFrom ?? '', to: signer.keyId },
  };
  await store.commit([{ kind: 'audit.append', entry }]);
}
