import type { OpsError } from '@jamie/core';
import { DISRUPTION_BUDGET } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { isBrokenConnection } from './connection-error.ts';
import type { TransportLimits } from './limits.ts';

export type RetryDecision =
  | {
      readonly kind: 'retry';
      readonly delayMs: number;
      readonly reason: 'server_asked' | 'connection_broken';
    }
  | {
      readonly kind: 'give_up';
      readonly reason: 'not_repeatable' | 'not_transient' | 'attempts_used' | 'wait_too_long';
    };

const REVIEW_PATH = /^\/apis\/authorization\.k8s\.io\/v1\/(self)?subjectaccessreviews$/;

/** Whether sending the request twice has no second effect: reads, dry runs and access reviews. */
function isRepeatable(request: ApiRequest): boolean {
  if (request.method === 'GET') return true;
  if (REVIEW_PATH.test(request.path)) return request.method === 'POST';
  return isDryRun(request);
}

/** The dry run of a delete stands in its body, where alone the API server looks. */
function isDryRun({ method, query, body }: ApiRequest): boolean {
  if (method === 'DELETE') return body?.endsWith(',"dryRun":["All"]}') === true;
  return query?.['dryRun'] === 'All';
}

/** Whether a failed request is sent again, and when. A real write never is. `attempt` counts from 1. */
export function decideRetry(
  request: ApiRequest,
  error: OpsError,
  attempt: number,
  limits: TransportLimits,
): RetryDecision {
  if (!isRepeatable(request)) return { kind: 'give_up', reason: 'not_repeatable' };
  const isBroken = isBrokenConnection(error);
  const isBlocked = error.details['reason'] === DISRUPTION_BUDGET;
  const isAsked = !isBlocked && (error.code === 'rate_limited' || error.details['status'] === 503);
  if (!isBroken && !isAsked) return { kind: 'give_up', reason: 'not_transient' };
  const attempts = request.attempts ?? limits.attempts;
  if (attempt >= (isBroken ? Math.min(2, attempts) : attempts))
    return { kind: 'give_up', reason: 'attempts_used' };
  if (isBroken) return { kind: 'retry', delayMs: 0, reason: 'connection_broken' };
  const delayMs = error.retryAfterMs ?? 250 * 2 ** attempt;
  if (delayMs > limits.retryAfterMs) return { kind: 'give_up', reason: 'wait_too_long' };
  return { kind: 'retry', delayMs, reason: 'server_asked' };
}

/** Reads a Retry-After header: seconds or an HTTP date. Undefined when it says nothing usable. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
