import { OpsError } from '@jamie/core';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { parseServerUrl } from '../access/server-url.ts';

/** One context cut out of a kubeconfig, with nothing of the others. */
export interface PickedContext {
  readonly context: string;
  /** The API server, normalised. */
  readonly server: string;
  /** A kubeconfig with just this context, its cluster and its user. */
  readonly text: string;
}

const MAX_TEXT = 1024 * 1024;
const named = z.object({ name: z.string() }).loose();
const kubeconfigSchema = z.object({
  contexts: z.array(named.extend({ context: z.object({ cluster: z.string(), user: z.string() }).loose() })),
  clusters: z.array(named.extend({ cluster: z.record(z.string(), z.unknown()) })),
  users: z.array(named.extend({ user: z.record(z.string(), z.unknown()).nullable() })),
});

/** Would run a program, read a file, or act as somebody else, on the machine that this kubeconfig was sent to. */
const REFUSED_USER_FIELDS = ['exec', 'auth-provider', 'client-certificate', 'client-key', 'tokenFile', 'as'];
const REFUSED_CLUSTER_FIELDS = ['certificate-authority', 'proxy-url'];

/**
 * Cuts one context out of a kubeconfig that somebody handed over. Only what carries its credentials inside is
 * taken: plugins and file paths would reach into the machine that keeps it. Throws `invalid_input`.
 */
export function pickContext(text: string, contextName?: string): PickedContext {
  const config = parseKubeconfig(text);
  const context = chooseContext(config.contexts, contextName);
  const cluster = config.clusters.find(({ name }) => name === context.context.cluster);
  const user = config.users.find(({ name }) => name === context.context.user);
  if (cluster === undefined) throw invalid(`context "${context.name}" names a cluster that is not in it`);
  if (user === undefined) throw invalid(`context "${context.name}" names a user that is not in it`);
  refuseFields(cluster.cluster, REFUSED_CLUSTER_FIELDS);
  refuseFields(user.user ?? {}, REFUSED_USER_FIELDS);
  const { server } = cluster.cluster;
  if (typeof server !== 'string') throw invalid(`cluster "${cluster.name}" has no server`);
  const picked = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster.name, cluster: cluster.cluster }],
    users: [{ name: user.name, user: user.user ?? {} }],
    contexts: [{ name: context.name, context: { cluster: cluster.name, user: user.name } }],
  };
  return { context: context.name, server: parseServerUrl(server), text: stringify(picked) };
}

type Kubeconfig = z.output<typeof kubeconfigSchema>;

function parseKubeconfig(text: string): Kubeconfig {
  if (text.length > MAX_TEXT) throw invalid('it is larger than 1 MiB');
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    throw invalid('it is not YAML', error);
  }
  const parsed = kubeconfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(
    `it is not a kubeconfig (${parsed.error.issues[0]?.path.join('.') ?? 'unknown field'} is missing or wrong)`,
  );
}

function chooseContext(
  contexts: Kubeconfig['contexts'],
  contextName: string | undefined,
): Kubeconfig['contexts'][number] {
  const names = contexts.map(({ name }) => name).join(', ') || 'none';
  const [only, ...others] =
    contextName === undefined ? contexts : contexts.filter(({ name }) => name === contextName);
  if (only === undefined) throw invalid(`it has no context "${contextName ?? ''}"; it has: ${names}`);
  if (others.length > 0) throw invalid(`it has several contexts; name one of: ${names}`);
  return only;
}

function refuseFields(record: Readonly<Record<string, unknown>>, fields: readonly string[]): void {
  const found = fields.find((field) => record[field] !== undefined);
  if (found === undefined) return;
  throw invalid(
    `it uses "${found}"; only tokens and embedded certificates are taken. Make one with "kubectl config view --raw --flatten --minify" and a token from "kubectl create token", or name the context in CLUSTERS instead`,
  );
}

function invalid(why: string, cause?: unknown): OpsError {
  return new OpsError('invalid_input', 'the kubeconfig cannot be taken', {
    userMessage: `The kubeconfig cannot be taken: ${why}.`,
    details: { why },
    cause,
  });
}
