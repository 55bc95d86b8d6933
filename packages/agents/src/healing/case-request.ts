import type { ConversationId, Digest, HealingCaseId, Principal, Request, StoreChange } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { derivedRequestIds } from '../derived-ids.ts';

/** One request stands for everything that a case of self-healing brings about, since nobody asked. */
export function caseRequestIdsOf(
  caseId: HealingCaseId,
  digest: Digest,
): Pick<Request, 'id' | 'correlationId'> {
  return derivedRequestIds(digest, `healing:${caseId}`);
}

/** What makes the request of a case, answered from the start, where there is none yet. Fails like the store. */
export async function caseRequestChanges(
  { store, digest, clock }: Pick<AgentsContext, 'store' | 'digest' | 'clock'>,
  caseId: HealingCaseId,
  conversationId: ConversationId,
  principal: Principal,
): Promise<readonly StoreChange[]> {
  const ids = caseRequestIdsOf(caseId, digest);
  if ((await store.findRequest(ids.id)) !== undefined) return [];
  const request: Request = {
    ...ids,
    conversationId,
    principal,
    form: 'command',
    text: `healing ${caseId}`,
    receivedAt: clock.now(),
    status: 'answered',
    version: 1,
  };
  return [{ kind: 'request.insert', request }];
}
