import { OpsError } from '@jamie/core';
import type { ApiRequest } from './api-request.ts';
import { impersonationHeaders } from './impersonation.ts';

const PRODUCT = 'jamie-scarlet';
const CORRELATION = /^[\w.-]{1,64}$/;

/** The request target: the server's path prefix, the path as given, the query encoded once. */
export function requestPath(server: string, request: ApiRequest): string {
  const prefix = new URL(server).pathname.replace(/\/+$/, '');
  const query = new URLSearchParams(request.query ?? {}).toString();
  return query === '' ? `${prefix}${request.path}` : `${prefix}${request.path}?${query}`;
}

/** All headers of a request. Throws `invalid_input` for an identity that cannot be impersonated. */
export function requestHeaders(
  request: ApiRequest,
  authorization: string | undefined,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {
    accept: 'application/json, */*',
    'user-agent': userAgent(request.correlation),
    ...(request.as === undefined ? {} : impersonationHeaders(request.as)),
  };
  if (request.contentType !== undefined) headers['content-type'] = request.contentType;
  if (authorization !== undefined) headers['authorization'] = authorization;
  return headers;
}

function userAgent(correlation: string | undefined): string {
  if (correlation === undefined) return PRODUCT;
  if (!CORRELATION.test(correlation)) {
    throw new OpsError('invalid_input', 'a correlation id holds letters, digits, dots, dashes only', {
      details: { correlation },
    });
  }
  return `${PRODUCT} (${correlation})`;
}
