import type { Digest, Plan } from '@jamie/core';
import { canonicalJson } from '@jamie/core';

/**
 * SHA-256 over the canonical JSON of everything that an approver was shown or relies on: id, cluster, targets with
 * uids and digests, compiled requests, dry-run result, rollback, post-conditions, requester, expiry, policy version, and the fault
 * that it is meant to heal where nobody asked for it.
 */
export function planHash(plan: Omit<Plan, 'hash'>, digest: Digest): string {
  return digest(
    canonicalJson({
      id: plan.id,
      cluster: plan.cluster,
      operation: plan.operation,
      headline: plan.headline,
      steps: plan.steps,
      preview: plan.preview,
      blastRadius: plan.blastRadius,
      managers: plan.managers,
      risk: plan.risk,
      rollback: plan.rollback,
      onPartialFailure: plan.onPartialFailure,
      postConditions: plan.postConditions,
      requester: { id: plan.requester.id, kubernetes: plan.requester.kubernetes },
      expiresAt: plan.expiresAt,
      policyVersion: plan.policyVersion,
      policyRules: plan.policyRules,
      ...(plan.healing !== undefined && { healing: plan.healing }),
    }),
  );
}
