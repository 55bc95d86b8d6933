import type { ClusterAccess, ClusterCredentials, ClusterTls } from './cluster-access.ts';
import { parseServerUrl } from './server-url.ts';

export interface PlainAccessOptions {
  readonly url: string;
  readonly token?: string;
  /** The cluster's certificate authority: base64 of PEM, as kubeconfigs spell it. */
  readonly caData?: string;
}

/** Access by URL and bearer token, for the demo cluster and anything that needs no kubeconfig. */
export function plainAccess(options: PlainAccessOptions): ClusterAccess {
  const server = parseServerUrl(options.url);
  const tls: ClusterTls =
    options.caData === undefined ? {} : { ca: Buffer.from(options.caData, 'base64').toString('utf8') };
  const credentials: ClusterCredentials =
    options.token === undefined ? { tls } : { tls, authorization: `Bearer ${options.token}` };
  return {
    server,
    credentials: () => Promise.resolve(credentials),
    refused: () => undefined,
  };
}
