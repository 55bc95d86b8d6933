import type { AccessQuery, WriteRequest } from '@jamie/core';
import { assertNever } from '@jamie/core';

/** The access that a request needs, as the authoriser is asked for it. */
export function accessOf(request: WriteRequest): AccessQuery {
  const { target } = request;
  switch (request.verb) {
    case 'patch':
      return { verb: 'patch', target, ...(request.subresource && { subresource: request.subresource }) };
    case 'apply':
      return { verb: 'patch', target };
    case 'create':
      return { verb: 'create', target };
    case 'delete':
      return { verb: 'delete', target };
    case 'evict':
      return { verb: 'create', target, subresource: 'eviction' };
    default:
      return assertNever(request);
  }
}
