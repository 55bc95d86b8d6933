import { isOpsError, OpsError, type OpsErrorCode } from '@jamie/core';
import type { ApiRequest } from './api-request.ts';
import { redactApiText } from './redact-api-text.ts';

/** What a response that is not 2xx said. */
export interface FailedResponse {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body: string;
}

interface ApiStatus {
  readonly message: string;
  readonly reason: string;
  readonly hasCauses: boolean;
}

/** Translates a response that is not 2xx, once, into the project's error. */
export function toStatusError(request: ApiRequest, response: FailedResponse): OpsError {
  const status = parseStatus(response.body);
  const said = redactApiText(status.message);
  const code = codeOf(request, response.status, status);
  return new OpsError(code, MESSAGES[code] ?? 'the API server refused the request', {
    ...(response.retryAfterMs === undefined ? {} : { retryAfterMs: response.retryAfterMs }),
    ...(said === '' ? {} : { userMessage: `The cluster answered ${response.status}: ${said}` }),
    details: { status: response.status, reason: status.reason, method: request.method, path: request.path },
  });
}

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
  return request.method === 'PATCH' && !body.hasCauses && !/ is invalid/.test(body.message);
}

function parseStatus(body: string): ApiStatus {
  try {
    const value = JSON.parse(body) as { message?: unknown; reason?: unknown; details?: { causes?: unknown } };
    if (typeof value === 'object' && value !== null) {
      const causes = value.details?.causes;
      return {
        message: typeof value.message === 'string' ? value.message : '',
        reason: typeof value.reason === 'string' ? value.reason : '',
        hasCauses: Array.isArray(causes) && causes.length > 0,
      };
    }
  } catch {
    // Proxies and aggregated APIs answer in plain text or HTML: the text itself is the message.
  }
  return { message: body.replaceAll(/<[^>]*>/g, ' ').trim(), reason: '', hasCauses: false };
}
