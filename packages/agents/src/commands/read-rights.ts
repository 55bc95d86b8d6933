import type { ClusterConnection, Kind, ObjectRef, Principal } from '@jamie/core';

/**
 * Whether a person may see the pods of a namespace, or of the whole cluster. Answers come from the cache, which sees
 * more than a person may, so the cluster's authoriser is asked first.
 */
export async function mayRead(
  connection: ClusterConnection,
  person: Principal,
  namespace: string | undefined,
): Promise<boolean> {
  return mayList(connection, person, 'Pod', namespace);
}

/** Whether a person may list a kind in a namespace, or in the whole cluster. */
export async function mayList(
  connection: ClusterConnection,
  person: Principal,
  kind: Kind,
  namespace: string | undefined,
): Promise<boolean> {
  const target = { kind, name: '', ...(namespace !== undefined && { namespace }) };
  const answer = await connection.reader.reviewAccess(person.kubernetes, { verb: 'list', target });
  return answer.allowed;
}

/** Whether a person may read one object, as `kubectl auth can-i get node/NAME` asks. */
export async function mayGet(
  connection: ClusterConnection,
  person: Principal,
  target: ObjectRef,
): Promise<boolean> {
  return (await connection.reader.reviewAccess(person.kubernetes, { verb: 'get', target })).allowed;
}

/** Whether a person may be told of an object: that it is there, and where. */
export function mayLearnOf(
  connection: ClusterConnection,
  person: Principal,
  { kind, namespace, name }: ObjectRef,
): Promise<boolean> {
  return namespace === undefined
    ? mayGet(connection, person, { kind, name })
    : mayRead(connection, person, namespace);
}

/** Whether a person may read the log of a pod, as `kubectl auth can-i get pods/NAME --subresource=log` asks. */
export async function mayReadLog(
  connection: ClusterConnection,
  person: Principal,
  pod: { readonly namespace: string; readonly name: string },
): Promise<boolean> {
  const target = { kind: 'Pod', namespace: pod.namespace, name: pod.name } as const;
  const query = { verb: 'get', target, subresource: 'log' };
  return (await connection.reader.reviewAccess(person.kubernetes, query)).allowed;
}
