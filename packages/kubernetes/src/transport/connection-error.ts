import { isOpsError, OpsError } from '@jamie/core';
import type { ApiRequest } from './api-request.ts';

const TIMEOUTS: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connecting',
  UND_ERR_HEADERS_TIMEOUT: 'waiting for an answer',
  UND_ERR_BODY_TIMEOUT: 'reading the answer',
  ETIMEDOUT: 'connecting',
};
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO)/;

/** Translates a failure beneath HTTP, once. `server` is named so that people know which cluster is meant. */
export function toConnectionError(request: ApiRequest, server: string, error: unknown): OpsError {
  if (isOpsError(error)) return error;
  const code = codeOf(error);
  const details = { method: request.method, path: request.path, server, vendorCode: code };
  if (
    request.signal?.aborted ||
    code === 'UND_ERR_ABORTED' ||
    code === 'UND_ERR_DESTROYED' ||
    code === 'UND_ERR_CLOSED'
  ) {
    return new OpsError('cancelled', 'the request to the API server was given up', { details, cause: error });
  }
  const during = TIMEOUTS[code];
  if (during !== undefined) {
    return new OpsError('timeout', 'the API server did not answer in time', {
      userMessage: `The cluster at ${server} did not answer in time (${during}).`,
      details,
      cause: error,
    });
  }
  return new OpsError('unavailable', 'the API server cannot be reached', {
    userMessage: `The cluster at ${server} cannot be reached: ${reasonOf(code)}`,
    details,
    cause: error,
  });
}

/** Whether the connection broke before an answer, so that a repeatable request deserves one more try at once. */
export function isBrokenConnection(error: unknown): boolean {
  if (!isOpsError(error, 'unavailable')) return false;
  const code = error.details['vendorCode'];
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && error.name === 'AbortError' ? 'UND_ERR_ABORTED' : '';
}

function reasonOf(code: string): string {
  if (code === 'ECONNREFUSED')
    return 'nothing listens there. Is the address right and the API server running?';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not known. Check the address.';
  if (CERTIFICATE.test(code))
    return `its certificate was not accepted (${code}). Check the certificate authority.`;
  if (code === '') return 'the connection failed.';
  return `the connection failed (${code}).`;
}
