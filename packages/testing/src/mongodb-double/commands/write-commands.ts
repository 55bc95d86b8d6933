import { ObjectId } from 'bson';
import { applyUpdate, buildUpsert, isReplacement, type UpdateSpec } from '../apply-update.ts';
import { type BsonDocument, isDocument } from '../bson-document.ts';
import type { CommandContext, CommandDefinition } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import {
  checkFields,
  documentField,
  documentsField,
  flagField,
  optionalDocument,
  textField,
} from '../command-fields.ts';
import { runStatements, type StatementResult } from '../run-statements.ts';
import { selectDocuments } from '../select-documents.ts';
import type { StoredCollection } from '../stored-collection.ts';
import { valueKey } from '../value-key.ts';
import { documentBytes } from '../wire-message.ts';

const MAX_DOCUMENT_BYTES = 16_777_216;
const STATEMENT_FIELDS = ['ordered', 'bypassDocumentValidation', 'stmtId', 'stmtIds'];

export const insert: CommandDefinition = {
  fields: ['insert', 'documents', ...STATEMENT_FIELDS],
  inTransaction: true,
  writes: true,
  handle(context) {
    const collection = target(context);
    return runStatements(context, documentsField(context.body, 'documents'), (document) => {
      collection.insert(checkDocument(withId(document)), context.transaction);
      return { n: 1 };
    });
  },
};

export const remove: CommandDefinition = {
  fields: ['delete', 'deletes', ...STATEMENT_FIELDS],
  inTransaction: true,
  writes: true,
  handle(context) {
    const { storage } = context.server;
    const collection = storage.find(context.database, textField(context.body, 'delete'));
    return runStatements(context, documentsField(context.body, 'deletes'), (statement) => {
      checkFields('delete.deletes', statement, ['q', 'limit']);
      const limit = statement['limit'];
      if (limit !== 0 && limit !== 1) {
        throw new CommandError(9, 'The limit field in delete objects must be 0 or 1.');
      }
      const found = selectDocuments(
        collection,
        { filter: documentField(statement, 'q'), limit },
        context.transaction,
      );
      for (const { key } of found) collection?.checkFree(key, context.transaction);
      for (const { key } of found) collection?.write({ key, document: undefined }, context.transaction);
      return { n: found.length };
    });
  },
};

export const update: CommandDefinition = {
  fields: ['update', 'updates', 'let', ...STATEMENT_FIELDS],
  inTransaction: true,
  writes: true,
  handle(context) {
    const collection = target(context);
    return runStatements(context, documentsField(context.body, 'updates'), (statement) =>
      updateStatement(context, collection, statement),
    );
  },
};

function updateStatement(
  context: CommandContext,
  collection: StoredCollection,
  statement: BsonDocument,
): StatementResult {
  checkFields('update.updates', statement, ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'c', 'sort']);
  const spec = readUpdate(context, documentField(statement, 'q'), statement['u'], statement);
  const isMulti = flagField(statement, 'multi');
  if (isMulti && isDocument(spec.change) && isReplacement(spec.change)) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  const found = selectDocuments(
    collection,
    { filter: spec.filter, sort: optionalDocument(statement, 'sort'), limit: isMulti ? 0 : 1 },
    context.transaction,
  );
  if (found.length === 0 && flagField(statement, 'upsert')) {
    const document = insertUpsert(context, collection, spec);
    return { n: 1, nModified: 0, upsertedId: document['_id'] };
  }
  for (const { key } of found) collection.checkFree(key, context.transaction);
  let nModified = 0;
  for (const { key, document } of found) {
    const after = applyUpdate(document, spec);
    if (valueKey(after) === valueKey(document)) continue;
    collection.write({ key, document: checkDocument(after) }, context.transaction);
    nModified += 1;
  }
  return { n: found.length, nModified };
}

/** Reads the change that an update statement or a findAndModify asks for. */
export function readUpdate(
  context: CommandContext,
  filter: BsonDocument,
  change: unknown,
  statement: BsonDocument,
): UpdateSpec {
  const arrayFilters =
    statement['arrayFilters'] === undefined ? [] : documentsField(statement, 'arrayFilters');
  const variables = optionalDocument(statement, 'c') ?? optionalDocument(context.body, 'let');
  return { filter, change, arrayFilters, variables, now: new Date(context.server.clock.now()) };
}

/** Inserts what an upsert of this filter and change makes, and says what that was. */
export function insertUpsert(
  context: CommandContext,
  collection: StoredCollection,
  spec: UpdateSpec,
): BsonDocument {
  const document = checkDocument(withId(buildUpsert(spec)));
  collection.insert(document, context.transaction);
  return document;
}

/** The collection that a command names, made when it is not there yet. */
export function target(context: CommandContext): StoredCollection {
  return context.server.storage.findOrCreate(context.database, textField(context.body, context.name));
}

/** @throws CommandError when the server would not store such a document. */
export function checkDocument(document: BsonDocument): BsonDocument {
  const { _id: id } = document;
  if (Array.isArray(id) || id instanceof RegExp || id === undefined) {
    throw new CommandError(53, `The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : 'regex'}`);
  }
  if (documentBytes(document) > MAX_DOCUMENT_BYTES) {
    throw new CommandError(10334, 'BSONObj size is invalid: it must be between 0 and 16793600(16MB)');
  }
  return document;
}

function withId(document: BsonDocument): BsonDocument {
  const { _id: id, ...rest } = document;
  return { _id: id === undefined ? new ObjectId() : id, ...rest };
}
