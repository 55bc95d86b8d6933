import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { commaList, secret } from './variable.ts';

/** What kind of place a cluster is; production asks for more approvals. */
export type ClusterEnvironment = 'production' | 'staging' | 'development';

/** Which clusters we may talk to. Only those that somebody named. */
export interface ClusterConfig {
  /** kubeconfig contexts, in the order given; the first is the default cluster. */
  readonly kubeContexts: readonly string[];
  readonly kubeconfigPaths: readonly string[];
  /** By cluster name. A cluster that is absent here counts as production. */
  readonly environments: Readonly<Record<string, ClusterEnvironment>>;
  /** `auto`: only while no other cluster is connected. */
  readonly demoCluster: 'on' | 'off' | 'auto';
  /** 32 bytes that encrypt stored credentials. Absent: registering a cluster is refused. */
  readonly credentialsKey?: Uint8Array;
}

const ENVIRONMENT_PAIR = /^([^=\s]+)=(production|staging|development)$/;

const environments = commaList.transform((pairs, context) => {
  const found: Record<string, ClusterEnvironment> = {};
  for (const pair of pairs) {
    const match = ENVIRONMENT_PAIR.exec(pair);
    if (match === null) {
      context.addIssue(`"${pair}" must be a cluster name, = and production, staging or development`);
      continue;
    }
    const [, name = '', environment] = match;
    if (Object.hasOwn(found, name)) context.addIssue(`names the cluster "${name}" twice`);
    found[name] = environment as ClusterEnvironment;
  }
  return found;
});

/** 32 bytes as 64 hexadecimal digits or as base64 (with or without padding, also the URL alphabet). */
const key32 = z.string().transform((text, context): Uint8Array => {
  const isHex = /^[0-9a-fA-F]{64}$/.test(text);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  if (isHex || isBase64) return new Uint8Array(Buffer.from(text, isHex ? 'hex' : 'base64'));
  context.addIssue(
    'must be 32 bytes as base64 or 64 hexadecimal digits; make one with: openssl rand -base64 32',
  );
  return z.NEVER;
});

export const clusterVariables = z.object({
  CLUSTERS: commaList
    .default([])
    .refine((names) => new Set(names).size === names.length, 'names a context twice')
    .describe(
      'Contexts of your kubeconfig to connect, comma separated; the first is the default. No other context is ever used. Default: none',
    ),
  KUBECONFIG: z
    .string()
    .optional()
    .describe('Path of the kubeconfig that holds those contexts. Default: ~/.kube/config'),
  CLUSTER_ENVIRONMENTS: environments
    .default({})
    .describe(
      'What each cluster is, as name=production|staging|development, comma separated. A cluster that is not named here counts as production.',
    ),
  DEMO_CLUSTER: z
    .enum(['on', 'off', 'auto'])
    .default('auto')
    .describe(
      'The built-in demo cluster: on, off, or auto (only while no other cluster is connected). Default: auto',
    ),
  CLUSTER_CREDENTIALS_KEY: secret(
    key32.optional(),
    '32 bytes (base64 or hexadecimal) that encrypt the credentials of clusters added with `jamie cluster add`, and the tokens of Slack workspaces that installed the app; without it both are refused. Make one with: openssl rand -base64 32',
  ),
});

/** The clusters' configuration from its variables. */
export function toClusterConfig(values: z.output<typeof clusterVariables>): ClusterConfig {
  const kubeconfigPaths = (values.KUBECONFIG ?? join(homedir(), '.kube', 'config')).split(delimiter);
  return {
    kubeContexts: values.CLUSTERS,
    kubeconfigPaths: kubeconfigPaths.filter((path) => path !== ''),
    environments: values.CLUSTER_ENVIRONMENTS,
    demoCluster: values.DEMO_CLUSTER,
    ...(values.CLUSTER_CREDENTIALS_KEY === undefined
      ? {}
      : { credentialsKey: values.CLUSTER_CREDENTIALS_KEY }),
  };
}
