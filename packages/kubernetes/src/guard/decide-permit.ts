import type { KubernetesIdentity, PermitCheck, WritePermit, WriteRequest } from '@jamie/core';

export type PermitDecision =
  | { readonly kind: 'permitted' }
  | {
      readonly kind: 'refused';
      readonly reason: 'permit_missing' | 'permit_does_not_cover' | 'permit_for_another_identity';
    };

export interface WriteAttempt {
  readonly cluster: string;
  readonly write: WriteRequest;
  /** Whom the request impersonates. */
  readonly as: KubernetesIdentity;
}

/** Whether this permit allows exactly this write, on this cluster, as this identity. */
export function decidePermit(
  attempt: WriteAttempt,
  permit: WritePermit | undefined,
  permits: PermitCheck,
): PermitDecision {
  if (permit === undefined) return { kind: 'refused', reason: 'permit_missing' };
  if (!permits.covers(permit, attempt.cluster, attempt.write))
    return { kind: 'refused', reason: 'permit_does_not_cover' };
  if (!isSameIdentity(permit.identity, attempt.as))
    return { kind: 'refused', reason: 'permit_for_another_identity' };
  return { kind: 'permitted' };
}

/** To the letter: what is sent must be what was permitted, and nobody has reason to put the groups in another order. */
function isSameIdentity(one: KubernetesIdentity, other: KubernetesIdentity): boolean {
  if (one.user !== other.user || one.groups.length !== other.groups.length) return false;
  return one.groups.every((group, index) => group === other.groups[index]);
}
