import type { DirectOperation, ObjectRef, OperationRequest } from '@jamie/core';
import { DELETABLE_KINDS } from '@jamie/core';

/** The operations of a request on objects that it names itself; none for an undo, which names a plan. */
export function directOperationsOf(operation: OperationRequest): readonly DirectOperation[] {
  if (operation.kind === 'undo') return [];
  return operation.kind === 'several' ? operation.operations : [operation];
}

/** The objects that an operation names. Manifests of kinds that nobody may apply name none. */
export function targetsOf(operation: DirectOperation): readonly ObjectRef[] {
  return operation.kind === 'apply'
    ? operation.manifests.flatMap((manifest) => manifestRef(manifest) ?? [])
    : [operation.target];
}

/** The object that a manifest describes; undefined for a kind that no manifest may hold. */
export function manifestRef(manifest: Readonly<Record<string, unknown>>): ObjectRef | undefined {
  const { name, namespace } = (manifest['metadata'] ?? {}) as {
    readonly name: string;
    readonly namespace?: string;
  };
  const kind = DELETABLE_KINDS.find((each) => each === manifest['kind']);
  if (kind === undefined) return undefined;
  return { kind, ...(namespace !== undefined && { namespace }), name };
}
