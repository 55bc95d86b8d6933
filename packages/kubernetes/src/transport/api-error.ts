import { isOpsError, OpsError, type OpsErrorCode } from '@jamie/core';
import type { ApiRequest } from './api-request.ts';
import { type ApiStatus, budgetRefusalOf, conflictsOf, parseStatus } from './api-status.ts';
import { redactApiText } from './redact-api-text.ts';

/** What a response that is not 2xx said. */
export interface FailedResponse {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body: string;
}

/** Translates a response that is not 2xx, once, into the project's error. */
export function toStatusError(request: ApiRequest, response: FailedResponse): OpsError {
  const status = parseStatus(response.body);
  const budget = response.status === 429 ? budgetRefusalOf(status) : undefined;
  const said = redactApiText(budget ?? status.message);
  const code = codeOf(request, response.status, status);
  const conflicts = conflictsOf(status);
  return new OpsError(code, MESSAGES[code] ?? 'the API server refused the request', {
    ...(response.retryAfterMs === undefined ? {} : { retryAfterMs: response.retryAfterMs }),
    ...(said === '' ? {} : { userMessage: `The cluster answered ${response.status}: ${said}` }),
    details: {
      status: response.status,
      reason: budget === undefined ? status.reason : DISRUPTION_BUDGET,
      method: request.method,
      path: request.path,
      ...(conflicts.length > 0 && { conflicts }),
    },
  });
}

/** `details.reason` of an eviction that a disruption budget does not allow now: no haste of ours helps. */
export const DISRUPTION_BUDGET = 'disruption_budget';

/** 410: the resourceVersion or continue token is too old; the list must start again. */
export function isGone(error: unknown): boolean {
  return isOpsError(error) && error.details['status'] === 410;
}

const MESSAGES: Partial<Record<OpsErrorCode, string>> = {
  invalid_input: 'the API server rejected the request as invalid',
  forbidden: 'the API server does not allow this',
  not_found: 'the object does not exist',
  conflict: 'the object has changed in the meantime',
  rate_limited: 'the API server asks for fewer requests',
  timeout: 'the API server did not finish in time',
  unavailable: 'the API server cannot answer now',
};

function codeOf(request: ApiRequest, status: number, body: ApiStatus): OpsErrorCode {
  if (status === 422 && isFailedPatchTest(request, body)) return 'conflict';
  switch (status) {
    case 401:
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 408:
    case 504:
      return 'timeout';
    case 410:
      return 'unavailable';
    case 429:
      return 'rate_limited';
    default:
      return status >= 500 ? 'unavailable' : 'invalid_input';
  }
}

/**
 * The API server answers a failed `test` operation (or a path that is not there any more) with 422 and no causes,
 * whereas every validation error names what is invalid. The object is not what the patch was made for: a conflict.
 */
function isFailedPatchTest(request: ApiRequest, body: ApiStatus): boolean {
  return request.method === 'PATCH' && body.causes.length === 0 && !/ is invalid/.test(body.message);
}
