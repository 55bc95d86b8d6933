import type { ClusterConnection, Principal } from '@jamie/core';
import { closestWord } from '../grammar/closest-word.ts';
import { mayRead } from './read-rights.ts';

export type NamespaceCheck =
  | { readonly kind: 'exists' }
  | {
      readonly kind: 'may_not_read' | 'unknown';
      readonly message: string;
      /** A namespace with almost that name, which the person may read. */
      readonly nearMiss?: string;
    };

/**
 * Whether a namespace is there for this person. The cluster's authoriser is asked first, so that nobody learns from us
 * which namespaces exist that they may not read; where we may not list namespaces, its word is all we have.
 */
export async function checkNamespace(
  connection: ClusterConnection,
  person: Principal,
  namespace: string,
): Promise<NamespaceCheck> {
  const [isReadable, snapshot] = await Promise.all([
    mayRead(connection, person, namespace),
    connection.snapshots.snapshot(),
  ]);
  const known = snapshot.objects.Namespace.map(({ name }) => name);
  const isListed = !snapshot.unread.some(({ kind }) => kind === 'Namespace');
  if (isReadable && (!isListed || known.includes(namespace))) return { kind: 'exists' };
  const nearMiss = await readableNearMiss(connection, person, namespace, known);
  const where = `${namespace} on ${connection.info.name}`;
  return {
    kind: isReadable ? 'unknown' : 'may_not_read',
    message: isReadable
      ? `There is no namespace ${where}.`
      : `Kubernetes does not let ${person.kubernetes.user} read pods in ${where}. Ask somebody with rights there.`,
    ...(nearMiss !== undefined && { nearMiss }),
  };
}

async function readableNearMiss(
  connection: ClusterConnection,
  person: Principal,
  namespace: string,
  known: readonly string[],
): Promise<string | undefined> {
  const near = closestWord(
    namespace,
    known.filter((name) => name !== namespace),
  );
  return near !== undefined && (await mayRead(connection, person, near)) ? near : undefined;
}
