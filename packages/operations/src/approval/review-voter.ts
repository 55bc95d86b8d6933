import type { AccessAnswer, KubernetesIdentity, PlanRecord, Principal } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
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

/** What the cluster is asked about somebody before it is known who they are now. */
export interface ReviewAhead {
  readonly identity: KubernetesIdentity;
  readonly access: Promise<AccessAnswer>;
}

/** Asks about somebody as they were known a moment ago, for whoever finds that they still are. */
export function reviewAhead(context: OperationsContext, record: PlanRecord, voter: Principal): ReviewAhead {
  const access = reviewVoter(context, record, voter);
  // Whoever uses the answer is told of its failure; whoever finds somebody else has no use for it.
  access.catch(() => undefined);
  return { identity: voter.kubernetes, access };
}

/** Whether an answer is about exactly who somebody is in Kubernetes now. */
export function isReviewOf({ identity }: ReviewAhead, { kubernetes }: Principal): boolean {
  return canonicalJson({ ...identity }) === canonicalJson({ ...kubernetes });
}
