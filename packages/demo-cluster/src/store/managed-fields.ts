import type { ManagedFields, StoredObject } from '../objects.ts';
import { compareFields, type FieldChanges } from './field-changes.ts';
import { type FieldTree, isLeaf, withoutBranch, withoutPath, withPaths } from './field-tree.ts';

/** Who writes: the field manager's name, and the subresource it writes through. */
export interface Writer {
  readonly manager: string;
  readonly subresource?: string;
  readonly time: string;
}

type Unsaved = Pick<StoredObject, 'apiVersion' | 'kind'> & {
  readonly metadata: Pick<StoredObject['metadata'], 'managedFields'>;
};

/**
 * Who owns which fields after an Update: the writer gets what it set, from whomever had it, and what is gone belongs to
 * nobody. An entry's time moves only when its fields do.
 */
export function recordUpdate(
  before: StoredObject | undefined,
  after: Unsaved,
  writer: Writer,
): readonly ManagedFields[] {
  const changes = compareFields(before, after);
  const entries = before?.metadata.managedFields ?? [];
  if (changes.set.length === 0 && changes.removed.length === 0) return entries;
  const isOwn = (entry: ManagedFields): boolean =>
    entry.operation === 'Update' &&
    entry.manager === writer.manager &&
    entry.subresource === writer.subresource;
  const others = withoutChanges(
    entries.filter((entry) => !isOwn(entry)),
    changes,
  );
  const own = entries.find(isOwn);
  const [kept] = own === undefined ? [] : withoutChanges([own], { ...changes, set: [] });
  const tree = toTree(kept);
  const fields = withPaths(tree, changes.set);
  if (isLeaf(fields)) return others;
  const isSame = own !== undefined && JSON.stringify(own.fieldsV1) === JSON.stringify(fields);
  return inOrder([...others, isSame ? own : entryOf(after.apiVersion, 'Update', writer, fields)]);
}

function toTree(entry: ManagedFields | undefined): FieldTree {
  return (entry?.fieldsV1 ?? {}) as FieldTree;
}

/** The entries without what a write took from them. Entries that own nothing any more are left out. */
export function withoutChanges(
  entries: readonly ManagedFields[],
  { set, removed }: FieldChanges,
): readonly ManagedFields[] {
  return entries.flatMap((entry) => {
    const tree = toTree(entry);
    const taken = set.reduce(withoutPath, tree);
    const left = removed.reduce(withoutBranch, taken);
    if (left === tree) return [entry];
    return isLeaf(left) ? [] : [{ ...entry, fieldsV1: left }];
  });
}

export function entryOf(
  apiVersion: string,
  operation: ManagedFields['operation'],
  writer: Writer,
  fields: FieldTree,
): ManagedFields {
  return {
    manager: writer.manager,
    operation,
    apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(writer.subresource === undefined ? {} : { subresource: writer.subresource }),
  };
}

/** Applies first, then by time and manager, as the API server keeps them. */
export function inOrder(entries: readonly ManagedFields[]): readonly ManagedFields[] {
  const keyOf = ({ operation, time, manager, subresource = '' }: ManagedFields): string =>
    [operation, time, manager, subresource].join(' ');
  return [...entries].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}
