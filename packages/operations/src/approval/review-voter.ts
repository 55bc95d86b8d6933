import type { AccessAnswer, PlanRecord, Principal } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { accessOf } from '../planning/access.ts';

/** Whether the cluster would let somebody make the change of a plan that waits for a decision. */
export async function reviewVoter(
  context: OperationsContext,
  record: PlanRecord,
  principal: Principal,
): Promise<AccessAnswer> {
  // A decided plan needs no question to the cluster: the answer is who decided.
  if (record.status !== 'awaiting_approval') return { allowed: false, reason: '' };
  const { reader } = context.clusters.connect(record.plan.cluster);
  for (const step of record.plan.steps) {
    const query = accessOf(step.request);
    const answer = await reader.reviewAccess(principal.kubernetes, query);
    if (!answer.allowed) return answer;
  }
  return { allowed: true, reason: '' };
}
