import type { ClusterConnection } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { EVERY_NAMESPACE, type Place } from '../grammar/parameters.ts';
import type { CommandRequest } from './command-request.ts';
import { type DefaultSource, describeSource, readDefaults } from './defaults-in-force.ts';

/** The cluster and the namespace that a request is about. */
export interface WhereToLook {
  readonly connection: ClusterConnection;
  /** Absent: every namespace. */
  readonly namespace?: string;
  readonly namespaceFrom: DefaultSource;
}

/** Named in the request, else the defaults in force. Throws not_found for a cluster that nobody knows. */
export async function whereToLook(
  context: AgentsContext,
  asked: CommandRequest,
  place: Place,
): Promise<WhereToLook> {
  const defaults = await readDefaults(context, asked, place);
  const connection = context.clusters.connect(defaults.cluster?.name);
  const namespaceFrom = defaults.namespace?.from ?? 'first';
  const name = defaults.namespace?.name;
  return name === undefined || name === EVERY_NAMESPACE
    ? { connection, namespaceFrom }
    : { connection, namespace: name, namespaceFrom };
}

/** ` in payments`, ` in payments (your default)`, or nothing: how an answer says where it looked. */
export function describeNamespace({ namespace, namespaceFrom }: WhereToLook): string {
  if (namespace === undefined) return '';
  return namespaceFrom === 'request'
    ? ` in ${namespace}`
    : ` in ${namespace} (${describeSource(namespaceFrom)})`;
}
