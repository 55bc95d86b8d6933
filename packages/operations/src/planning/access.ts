import type { AccessQuery, Step, WorkloadRef } from '@jamie/core';

/** The access that a step needs, as the authoriser is asked for it. */
export function accessOf(target: WorkloadRef, subresource: Step['request']['subresource']): AccessQuery {
  return { verb: 'patch', target, ...(subresource && { subresource }) };
}
