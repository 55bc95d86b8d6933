import type {
  BreakGlass,
  CorrelationId,
  PlanId,
  PlanRecord,
  Principal,
  StoreChange,
  Vote,
} from '@jamie/core';
import { OpsError, redactSecrets } from '@jamie/core';
import { decideBreakGlass } from '@jamie/policy';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { confirmVoter } from './confirm-voter.ts';
import { executeChange } from './execute-change.ts';
import { pageOwners } from './page-owners.ts';
import { reviewVoter } from './review-voter.ts';
import { signApproval } from './sign-approval.ts';
import { findUnreviewed } from './unreviewed-starts.ts';

export interface BreakGlassRequest {
  readonly planId: PlanId;
  readonly principal: Principal;
  readonly reason: string;
  readonly correlationId: CorrelationId;
}

export type BreakGlassResult =
  | { readonly kind: 'started'; readonly record: PlanRecord }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Lets one person start a plan in an emergency, without the approvals that it needs. The decision, its signature, the
 * job, the note to the owners and the audit entry are one commit. Every other check of a start still holds. Throws
 * not_found, and a retryable conflict when the plan moved meanwhile.
 */
export async function breakGlass(
  context: OperationsContext,
  { planId, principal, reason, correlationId }: BreakGlassRequest,
): Promise<BreakGlassResult> {
  const record = await getPlan(context, planId);
  const person = await confirmVoter(context, record, principal);
  if (person.kind === 'refused') return person;
  const by = person.principal;
  const rule = context.policy.current().breakGlass;
  const at = context.clock.now();
  const decision = decideBreakGlass(record, rule, {
    principal: by,
    reason,
    now: at,
    access: await reviewVoter(context, record, by),
    unreviewed: await findUnreviewed(context, by),
  });
  if (decision.kind === 'refuse') {
    await noteRefusal(context, record, by, decision.reason, correlationId);
    return { kind: 'refused', message: decision.message };
  }
  const words = redactSecrets(reason);
  const { plan } = record;
  const vote: Vote = { planId, planHash: plan.hash, principal: by, decision: 'approve', reason: words, at };
  const earlier = await context.store.listVotes(planId);
  const hasVoted = earlier.some((each) => each.principal.id === by.id);
  const votes = hasVoted ? earlier : [...earlier, vote];
  const emergency: BreakGlass = { by, reason: words, at, reviewDueAt: decision.reviewDueAt };
  const owners = rule?.owners ?? [];
  const pages = await pageOwners(context, record, emergency, owners);
  const moved = await movePlan(context, record, {
    event: {
      kind: 'approved',
      by,
      reason: `${by.displayName} broke the glass: ${words}. Starting. A review has to be written.`,
      approval: signApproval(plan, { basis: 'break_glass', votes, decidedAt: at }, context.signer),
      breakGlass: emergency,
    },
    actor: by.id,
    details: { basis: 'break_glass', reviewDueAt: decision.reviewDueAt, owners },
    also: [...(hasVoted ? [] : [{ kind: 'vote.insert', vote } as const]), executeChange(plan), ...pages],
  });
  if (moved.kind === 'moved') return { kind: 'started', record: moved.record };
  throw new OpsError('conflict', 'the plan moved while the glass was broken', {
    retryable: true,
    retryAfterMs: 0,
  });
}

async function noteRefusal(
  { store, clock }: OperationsContext,
  { plan }: PlanRecord,
  by: Principal,
  reason: string,
  correlationId: CorrelationId,
): Promise<void> {
  const note: StoreChange = {
    kind: 'audit.append',
    entry: {
      at: clock.now(),
      kind: 'break_glass.refused',
      actor: by.id,
      correlationId,
      planId: plan.id,
      details: { reason },
    },
  };
  await store.commit([note]);
}
