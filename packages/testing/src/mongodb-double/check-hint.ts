import { isDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';
import type { StoredCollection } from './stored-collection.ts';
import { valueKey } from './value-key.ts';

/** A hint changes no answer, but one that names no index is an error. */
export function checkHint(collection: StoredCollection | undefined, hint: unknown): void {
  if (hint === undefined || collection === undefined) return;
  if (isDocument(hint) && '$natural' in hint) return;
  const isThere = collection.indexes.some(
    ({ name, key }) => name === hint || valueKey(key) === valueKey(hint),
  );
  if (!isThere) throw new CommandError(2, 'hint provided does not correspond to an existing index');
}
