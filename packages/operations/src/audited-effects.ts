import {
  canonicalJson,
  type Digest,
  type Intent,
  type JsonObject,
  type Plan,
  type StoreChange,
  type Vote,
} from '@jamie/core';
import type { PlanEvent } from './plan-event.ts';

/**
 * What the audit entry of a move must tell beside the move itself: who voted why, what was about to be sent, how that
 * ended, and the decision as it was signed. Every commit that moves a plan passes here, so that nothing of it can be
 * left out. Digests stand for what is long. Pure.
 */
export function auditedEffects(
  event: PlanEvent,
  changes: readonly StoreChange[],
  plan: Plan,
  digest: Digest,
): JsonObject {
  const votes = changes.flatMap((change) => (change.kind === 'vote.insert' ? [voteFacts(change.vote)] : []));
  const intents = changes.flatMap((change) =>
    change.kind === 'intent.insert' ? [intentFacts(change.intent, plan, digest)] : [],
  );
  const ended = changes.flatMap((change) =>
    change.kind === 'intent.complete' ? [{ intentId: change.id, outcome: { ...change.outcome } }] : [],
  );
  return {
    ...(votes.length > 0 && { votes }),
    ...(intents.length > 0 && { intents }),
    ...(ended.length > 0 && { ended }),
    ...(event.kind === 'approved' && {
      decision: {
        basis: event.approval.statement.basis,
        statement: digest(canonicalJson(event.approval.statement)),
        signature: { ...event.approval.signature },
      },
    }),
  };
}

function voteFacts({ principal, decision, planHash, reason, onBehalfOf }: Vote): JsonObject {
  return {
    by: principal.id,
    user: principal.kubernetes.user,
    vote: decision,
    planHash,
    ...(reason !== undefined && { reason }),
    ...(onBehalfOf !== undefined && { onBehalfOf: onBehalfOf.id }),
  };
}

function intentFacts({ id, phase, stepId, epoch, outcome }: Intent, plan: Plan, digest: Digest): JsonObject {
  const step = [...plan.steps, ...plan.rollback].find((each) => each.id === stepId);
  return {
    intentId: id,
    phase,
    stepId,
    epoch,
    ...(step !== undefined && { request: digest(canonicalJson(step.request)) }),
    ...(outcome !== undefined && { outcome: { ...outcome } }),
  };
}
