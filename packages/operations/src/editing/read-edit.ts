import type { PlanEditReading, PlanId, PlanRecord, Principal } from '@jamie/core';
import { decideEdit, type EditDecision } from '@jamie/policy';
import { reviewVoter } from '../approval/review-voter.ts';
import { getPlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { fieldsOf } from './fields-of.ts';

/** What a person may change of a plan, or why nothing. Throws not_found; fails like the cluster's authoriser. */
export async function readEdit(
  context: OperationsContext,
  planId: PlanId,
  principal: Principal,
): Promise<PlanEditReading> {
  const record = await getPlan(context, planId);
  const decision = await decideEditOf(context, record, principal);
  if (decision.kind === 'refuse') return { kind: 'refused', message: decision.message };
  const { plan } = record;
  const fields = fieldsOf(plan.operation);
  if (fields.length === 0) {
    return { kind: 'refused', message: 'That plan has nothing to edit. Approve it or deny it.' };
  }
  const { hash: planHash, headline, cluster } = plan;
  return { kind: 'editable', form: { planId, planHash, headline, cluster, fields } };
}

/** Whether somebody may edit a plan as it stands now. */
export async function decideEditOf(
  context: OperationsContext,
  record: PlanRecord,
  principal: Principal,
): Promise<EditDecision> {
  const access = await reviewVoter(context, record, principal);
  return decideEdit(record, { principal, now: context.clock.now(), access });
}
