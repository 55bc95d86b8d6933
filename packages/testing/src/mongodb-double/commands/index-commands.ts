import { type BsonDocument, isDocument } from '../bson-document.ts';
import { type CommandContext, type CommandDefinition, untilFree } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { documentsField, optionalCount, optionalDocument, textField } from '../command-fields.ts';
import { checkUnheld } from '../document-storage.ts';
import { type IndexDefinition, readIndexDefinition, showIndex } from '../index-definition.ts';
import type { StoredCollection } from '../stored-collection.ts';
import { valueKey } from '../value-key.ts';

export const createIndexes: CommandDefinition = {
  fields: ['createIndexes', 'indexes', 'commitQuorum'],
  inTransaction: false,
  writes: true,
  handle(context) {
    const { database, server } = context;
    const name = textField(context.body, 'createIndexes');
    const specs = documentsField(context.body, 'indexes').map(readIndexDefinition);
    if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
    const isNew = server.storage.find(database, name) === undefined;
    const collection = server.storage.findOrCreate(database, name);
    const before = collection.indexes.length;
    return untilFree(context, () => {
      const missing = specs.filter((spec) => !isThere(collection, spec));
      // The server takes its lock only when there is something to build.
      if (missing.length > 0) checkUnheld(collection);
      for (const spec of missing) collection.addIndex(spec);
      const after = collection.indexes.length;
      return {
        numIndexesBefore: before,
        numIndexesAfter: after,
        createdCollectionAutomatically: isNew,
        ...(after === before && { note: 'all indexes already exist' }),
      };
    });
  },
};

/** Whether exactly this index is there. Throws when the name or the key is another one's. */
function isThere(collection: StoredCollection, spec: IndexDefinition): boolean {
  for (const known of collection.indexes) {
    const isSameKey = valueKey(known.key) === valueKey(spec.key);
    if (known.name === spec.name) {
      if (valueKey(sorted(known)) === valueKey(sorted(spec))) return true;
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index but a different specification: ${spec.name}`,
      );
    }
    const isSameFilter = valueKey(known.partialFilterExpression) === valueKey(spec.partialFilterExpression);
    if (isSameKey && isSameFilter) {
      // createIndex({_id: 1}) under any name means the index that every collection has.
      if (known.name === '_id_') return true;
      throw new CommandError(85, `Index already exists with a different name: ${known.name}`);
    }
  }
  return false;
}

function sorted(definition: IndexDefinition): BsonDocument {
  return Object.fromEntries(Object.entries(definition).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

export const listIndexes: CommandDefinition = {
  fields: ['listIndexes', 'cursor'],
  inTransaction: false,
  writes: false,
  handle(context) {
    const { name, collection } = known(context);
    return {
      cursor: context.server.cursors.open({
        namespace: `${context.database}.${name}`,
        documents: collection.indexes.map(showIndex),
        batchSize: optionalCount(optionalDocument(context.body, 'cursor') ?? {}, 'batchSize'),
      }),
    };
  },
};

export const dropIndexes: CommandDefinition = {
  fields: ['dropIndexes', 'index'],
  inTransaction: false,
  writes: true,
  handle(context) {
    const { collection } = known(context);
    return untilFree(context, () => {
      checkUnheld(collection);
      const nIndexesWas = collection.indexes.length;
      for (const name of namesToDrop(collection, context.body['index'])) collection.removeIndex(name);
      return { nIndexesWas };
    });
  },
};

function namesToDrop(collection: StoredCollection, index: unknown): readonly string[] {
  if (index === '*') return collection.indexes.map(({ name }) => name).filter((name) => name !== '_id_');
  const wanted: readonly unknown[] = Array.isArray(index) ? index : [index];
  return wanted.map((one) => {
    const found = collection.indexes.find(({ name, key }) =>
      isDocument(one) ? valueKey(key) === valueKey(one) : name === one,
    );
    if (found === undefined) throw new CommandError(27, `index not found with name [${String(one)}]`);
    if (found.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
    return found.name;
  });
}

function known(context: CommandContext): { readonly name: string; readonly collection: StoredCollection } {
  const name = textField(context.body, context.name);
  const collection = context.server.storage.find(context.database, name);
  if (collection === undefined) throw new CommandError(26, `ns does not exist: ${context.database}.${name}`);
  return { name, collection };
}
