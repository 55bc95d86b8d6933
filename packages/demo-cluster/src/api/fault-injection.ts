import type { ApiRequest } from './api-request.ts';
import { type Failure, internalError, tooManyRequests } from './status.ts';

/** Which requests a planned failure hits; absent fields match everything. */
export interface FaultFilter {
  readonly verb?: string;
  readonly plural?: string;
  /** How many matching requests fail. Default 1. */
  readonly times?: number;
}

interface PlannedFault {
  readonly filter: FaultFilter;
  readonly code: 429 | 500 | 'drop';
  left: number;
}

/** Failures that a test plans for the next matching requests. */
export class FaultInjection {
  #planned: PlannedFault[] = [];

  plan(code: PlannedFault['code'], filter: FaultFilter): void {
    this.#planned.push({ filter, code, left: filter.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The planned failure for this request, used up by it. `drop` closes the connection without an answer. */
  take(request: Pick<ApiRequest, 'target'>): Failure | 'drop' | undefined {
    const { target } = request;
    const fault = this.#planned.find(
      ({ filter, left }) =>
        left > 0 &&
        (filter.verb === undefined || filter.verb === target.verb) &&
        (filter.plural === undefined || (target.kind === 'resource' && filter.plural === target.plural)),
    );
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.code === 'drop') return 'drop';
    if (fault.code === 500) return internalError('etcdserver: request timed out');
    return tooManyRequests('Too many requests, please try again later.', { retryAfterSeconds: 1 });
  }
}
