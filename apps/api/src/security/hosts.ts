/** The parts of a request's origin that browsers set and pages cannot forge. */
export interface RequestOrigin {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

export type HostDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly reason: 'unknown_host' | 'foreign_origin' };

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

/** The host names under which we answer: loopback, the address that we listen on, and those configured. */
export function listAllowedHosts(listenHost: string, configured: readonly string[]): ReadonlySet<string> {
  const own = listenHost.includes(':') ? `[${listenHost.replace(/^\[|\]$/g, '')}]` : listenHost;
  return new Set(
    [...LOOPBACK, ...(WILDCARDS.has(own) ? [] : [own]), ...configured].map((name) => name.toLowerCase()),
  );
}

/**
 * Whether a request may be for us. An unknown Host is a page that has pointed its own name at this address (DNS
 * rebinding); an Origin other than the Host is a page of somebody else. Ports are free: a forwarded port is still us.
 */
export function decideHost(request: RequestOrigin, allowedHosts: ReadonlySet<string>): HostDecision {
  const { host, origin } = request;
  if (host === undefined || !allowedHosts.has(nameOf(host)))
    return { kind: 'refused', reason: 'unknown_host' };
  if (origin === undefined) return { kind: 'allowed' };
  const own = host.toLowerCase();
  const isOwn = origin.toLowerCase() === `http://${own}` || origin.toLowerCase() === `https://${own}`;
  return isOwn ? { kind: 'allowed' } : { kind: 'refused', reason: 'foreign_origin' };
}

function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase();
}
