import {
  type AuditRemoval,
  type CorrelationId,
  OPEN_PLAN_STATUSES,
  type SignedAuditHead,
  type StoreChange,
  signAuditRemoval,
} from '@jamie/core';
import type { AuditKeeping } from './audit-keeping.ts';

const DAY_MS = 24 * 60 * 60_000;
const PAGE = 500;
/** With more open plans than this nothing is removed: the oldest of them may not be among those that were read. */
const MAX_OPEN_PLANS = 1_000;

/**
 * Removes the records whose time is up, as far as a head was signed before the oldest open plan was asked for. A signed
 * removal takes their place, and the record tells of it. Returns it, or undefined when nothing was due.
 */
export async function removeOldAudit(keeping: AuditKeeping): Promise<AuditRemoval | undefined> {
  const { store, signer, clock, ids, logger, retentionDays } = keeping;
  if (retentionDays === undefined) return undefined;
  const removedUpTo = await findRemovedUpTo(keeping);
  const head = await findLastHeadBefore(keeping, await findCutoff(keeping, retentionDays), removedUpTo);
  if (head === undefined) return undefined;
  const { sequence: upTo, hash } = head;
  const removal = signAuditRemoval(
    {
      upTo,
      hash,
      removedAt: clock.now(),
      count: upTo - removedUpTo,
      by: 'system',
      rule: `AUDIT_RETENTION_DAYS=${retentionDays}`,
    },
    signer,
  );
  const { signature: _, ...said } = removal;
  const told: StoreChange = {
    kind: 'audit.append',
    entry: {
      at: clock.now(),
      kind: 'audit.removed',
      actor: 'system',
      correlationId: ids.next('correlation') as CorrelationId,
      details: said,
    },
  };
  const result = await store.commit([told, { kind: 'audit.remove', removal }]);
  if (result.kind === 'conflict') return undefined;
  logger.info('old records of the audit were removed', { upTo, records: removal.count });
  return removal;
}

/** Nothing of an open plan goes, the request for it included, however long it has been open. */
async function findCutoff({ store, clock }: AuditKeeping, retentionDays: number): Promise<number> {
  const open = await store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: MAX_OPEN_PLANS });
  if (open.length === MAX_OPEN_PLANS) return 0;
  const asked = await Promise.all(
    open.map(async ({ plan }) => (await store.findRequest(plan.requestId))?.receivedAt ?? plan.createdAt),
  );
  return Math.min(clock.now() - retentionDays * DAY_MS, ...asked);
}

async function findRemovedUpTo({ store }: AuditKeeping): Promise<number> {
  for (let after = 0; ; ) {
    const last = (await store.listAuditRemovals(after, PAGE)).at(-1);
    if (last === undefined) return after;
    after = last.upTo;
  }
}

/** Everything up to a head was written before it was signed. */
async function findLastHeadBefore(
  { store }: AuditKeeping,
  cutoff: number,
  afterSequence: number,
): Promise<SignedAuditHead | undefined> {
  let found: SignedAuditHead | undefined;
  for (let after = afterSequence; ; ) {
    const heads = await store.listAuditHeads(after, PAGE);
    const last = heads.at(-1);
    if (last === undefined) return found;
    found = heads.findLast(({ at }) => at < cutoff) ?? found;
    if (last.at >= cutoff) return found;
    after = last.sequence;
  }
}
