import {
  type ClusterConnection,
  type ClusterSnapshot,
  isOpsError,
  KINDS,
  type Kind,
  type ObjectRef,
  type Principal,
  SNAPSHOT_KINDS,
  type SnapshotKind,
} from '@jamie/core';

export interface OperandSearch {
  readonly connection: ClusterConnection;
  readonly snapshot: ClusterSnapshot;
  readonly person: Principal;
  /** Undefined: everywhere. */
  readonly namespace?: string;
}

/** The objects of a kind by name. `unseen`: Kubernetes does not let this person list them there. */
export interface OperandList {
  readonly refs: readonly ObjectRef[];
  readonly unseen: boolean;
}

/**
 * Lists the objects of one kind, of a namespace or of all: from the cache where it has read the kind, which sees more than
 * the person may; otherwise one list as the person.
 */
export async function listOperands(search: OperandSearch, kind: Kind): Promise<OperandList> {
  if (isCached(kind) && search.snapshot.unread.every((unread) => unread.kind !== kind)) {
    const views: readonly { readonly namespace: string; readonly name: string }[] =
      search.snapshot.objects[kind];
    const within = views.filter((view) => isWithin(search, kind, view.namespace));
    return { refs: within.map((view) => refOf(kind, view)), unseen: false };
  }
  const { connection, person, namespace } = search;
  try {
    const objects = await connection.reader.list(
      kind,
      { ...(namespace !== undefined && { namespace }) },
      person.kubernetes,
    );
    return { refs: objects.map(({ metadata }) => refOf(kind, metadata)), unseen: false };
  } catch (error) {
    if (!isOpsError(error, 'forbidden')) throw error;
    return { refs: [], unseen: true };
  }
}

function isCached(kind: Kind): kind is SnapshotKind {
  return (SNAPSHOT_KINDS as readonly Kind[]).includes(kind);
}

function isWithin({ namespace }: OperandSearch, kind: Kind, of: string): boolean {
  return namespace === undefined || !KINDS[kind].namespaced || of === namespace;
}

function refOf(
  kind: Kind,
  { namespace, name }: { readonly namespace?: string; readonly name: string },
): ObjectRef {
  return { kind, ...(KINDS[kind].namespaced && namespace !== undefined && { namespace }), name };
}
