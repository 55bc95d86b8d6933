import type { AuditRecord, PlanId } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';

/** Most records that one plan has: a watched one is looked at every few seconds. */
const MAX_RECORDS = 5_000;
/** How far back the request is looked for from which a plan came. */
const MAX_REQUESTS = 500;

export interface PlanHistory {
  /** Oldest first; the request from which the plan came before all, where it is still there. */
  readonly records: readonly AuditRecord[];
  /** There are more than could be read; the oldest are missing. */
  readonly isPart: boolean;
}

/** Everything that the audit says about one plan. */
export async function readPlanHistory(
  { store }: Pick<AgentsContext, 'store'>,
  planId: PlanId,
): Promise<PlanHistory> {
  const found = await store.listRecentAudit({ planId, limit: MAX_RECORDS + 1 });
  const records = found.slice(0, MAX_RECORDS).toReversed();
  const [first] = records;
  if (first === undefined) return { records: [], isPart: false };
  const isPart = found.length > MAX_RECORDS;
  const requests = await store.listRecentAudit({
    kindPrefixes: ['request.received'],
    beforeSequence: first.sequence,
    limit: MAX_REQUESTS,
  });
  const asked = requests.find(({ entry }) => entry.correlationId === first.entry.correlationId);
  return { records: asked === undefined ? records : [asked, ...records], isPart };
}
