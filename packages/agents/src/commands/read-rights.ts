import type { ClusterConnection, Principal } from '@jamie/core';

/**
 * Whether a person may see the pods of a namespace, or of the whole cluster. Answers come from the cache, which sees
 * more than a person may, so the cluster's authoriser is asked first.
 */
export async function mayRead(
  connection: ClusterConnection,
  person: Principal,
  namespace: string | undefined,
): Promise<boolean> {
  const target = { kind: 'Pod', name: '', ...(namespace !== undefined && { namespace }) } as const;
  const answer = await connection.reader.reviewAccess(person.kubernetes, { verb: 'list', target });
  return answer.allowed;
}
