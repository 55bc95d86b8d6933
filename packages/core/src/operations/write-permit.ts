import { canonicalJson } from '../canonical-json.ts';
import type { PlanId } from '../ids.ts';
import type { WriteRequest } from '../kubernetes/write-request.ts';
import type { KubernetesIdentity } from '../principal.ts';

/**
 * The right to send exactly these requests, to one cluster, as one identity. Opaque: only a permit office makes
 * one, and only the same office recognises it.
 */
export interface WritePermit {
  readonly planId: PlanId;
  readonly cluster: string;
  readonly identity: KubernetesIdentity;
}

/** Handed to operations alone: mints a permit from a recorded approval. */
export interface PermitMint {
  mint(grant: WritePermit, requests: readonly WriteRequest[]): WritePermit;
}

/** Handed to the guarded transport alone: does this permit cover this request on this cluster? */
export interface PermitCheck {
  covers(permit: WritePermit, cluster: string, request: WriteRequest): boolean;
}

/** One office per process; a permit is an object identity, so that no data can forge it. */
export function createPermitOffice(): PermitMint & PermitCheck {
  const grants = new WeakMap<WritePermit, ReadonlySet<string>>();
  return {
    mint(grant, requests) {
      const permit: WritePermit = Object.freeze({ ...grant });
      grants.set(permit, new Set(requests.map(canonicalJson)));
      return permit;
    },
    covers(permit, cluster, request) {
      return permit.cluster === cluster && (grants.get(permit)?.has(canonicalJson(request)) ?? false);
    },
  };
}
