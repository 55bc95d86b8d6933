import { OpsError } from '@jamie/core';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks and normalises an API server's URL: https, or http on loopback only; no user, query or fragment; no
 * trailing slash. A path prefix is kept. Throws `invalid_input`.
 */
export function parseServerUrl(text: string): string {
  if (!URL.canParse(text)) throw notAServer(text, 'it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw notAServer(text, 'it is neither https nor http');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw notAServer(text, 'plain http is allowed on loopback only; use https');
  }
  if (url.username !== '' || url.password !== '')
    throw notAServer(url.host, 'it carries a user name or password');
  if (url.search !== '' || url.hash !== '') throw notAServer(text, 'it carries a query or a fragment');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function notAServer(text: string, why: string): OpsError {
  return new OpsError('invalid_input', 'the API server URL cannot be used', {
    userMessage: `The API server "${text}" cannot be used: ${why}. Give a URL such as https://10.0.0.1:6443.`,
    details: { why },
  });
}
