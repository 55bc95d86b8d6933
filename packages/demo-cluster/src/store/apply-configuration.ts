import type { ManagedFields, StoredObject } from '../objects.ts';
import { compareFields, fieldsOf } from './field-changes.ts';
import { type FieldPath, type FieldTree, nodeAt, owns, pathsOf, withPaths } from './field-tree.ts';
import { entryOf, inOrder, type Writer, withoutChanges } from './managed-fields.ts';
import { mergeApplied, removeField } from './merge-applied.ts';

/** A field that somebody else owns and the configuration would change. */
export interface ApplyConflict {
  readonly owner: ManagedFields;
  readonly path: FieldPath;
}

/** What an apply comes to: the object with its new owners, or the conflicts that keep it from happening. */
export type Application =
  | {
      readonly kind: 'applied';
      readonly object: StoredObject;
      readonly managedFields: readonly ManagedFields[];
    }
  | { readonly kind: 'conflicting'; readonly conflicts: readonly ApplyConflict[] };

/**
 * Server-side apply over a live object: merges the configuration, removes what this manager applied before and neither
 * it nor anybody else names any more, and gives the manager what it names. `live` is undefined for a new object. Pure.
 */
export function applyConfiguration(
  live: StoredObject | undefined,
  configuration: StoredObject,
  writer: Writer,
  isForced: boolean,
): Application {
  const entries = live?.metadata.managedFields ?? [];
  const isOwn = (entry: ManagedFields): boolean =>
    entry.operation === 'Apply' &&
    entry.manager === writer.manager &&
    entry.subresource === writer.subresource;
  const others = entries.filter((entry) => !isOwn(entry));
  const wanted = withPaths({}, fieldsOf(configuration));
  const merged = (live === undefined ? configuration : mergeApplied(live, configuration)) as StoredObject;
  const before = (entries.find(isOwn)?.fieldsV1 ?? {}) as FieldTree;
  const object = abandoned(before, [wanted, ...others.map(treeOfEntry)]).reduce(
    (left, path) => removeField(left, path),
    merged,
  );
  const changes = compareFields(live, object);
  const conflicts = others.flatMap((owner) =>
    changes.set.filter((path) => owns(treeOfEntry(owner), path)).map((path) => ({ owner, path })),
  );
  if (conflicts.length > 0 && !isForced) return { kind: 'conflicting', conflicts };
  const kept = withoutChanges(others, changes);
  const own = ownEntry(entries.find(isOwn), entryOf(configuration.apiVersion, 'Apply', writer, wanted));
  return { kind: 'applied', object, managedFields: inOrder([...kept, ...own]) };
}

/** An entry that owns nothing is not kept; one that owns the same keeps its time. */
function ownEntry(before: ManagedFields | undefined, next: ManagedFields): readonly ManagedFields[] {
  if (Object.keys(next.fieldsV1).length === 0) return [];
  const isSame = before !== undefined && JSON.stringify(before.fieldsV1) === JSON.stringify(next.fieldsV1);
  return [isSame ? before : next];
}

/**
 * What was applied before and nobody names now. A named field goes with everything in it, defaults too, once nobody
 * names a part of it; an element of a list goes when nobody owns the element itself.
 */
function abandoned(before: FieldTree, owners: readonly FieldTree[]): readonly FieldPath[] {
  const isNamed = (path: FieldPath): boolean =>
    owners.some((tree) =>
      path.at(-1)?.startsWith('f:') === true ? nodeAt(tree, path) !== undefined : owns(tree, path),
    );
  return pathsOf(before).filter((path) => !isNamed(path));
}

function treeOfEntry({ fieldsV1 }: ManagedFields): FieldTree {
  return fieldsV1 as FieldTree;
}
