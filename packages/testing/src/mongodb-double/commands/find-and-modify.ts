import { applyUpdate } from '../apply-update.ts';
import type { BsonDocument } from '../bson-document.ts';
import { type CommandContext, type CommandDefinition, untilFree } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { flagField, optionalDocument } from '../command-fields.ts';
import { projectDocuments } from '../project-documents.ts';
import { recall, record, statementId } from '../run-statements.ts';
import { selectDocuments } from '../select-documents.ts';
import { checkDocument, insertUpsert, readUpdate, target } from './write-commands.ts';

export const findAndModify: CommandDefinition = {
  fields: [
    'findAndModify',
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'arrayFilters',
    'let',
    'stmtId',
  ],
  inTransaction: true,
  writes: true,
  async handle(context) {
    const stmtId = statementId(context.body, 0);
    const recorded = recall<BsonDocument>(context, stmtId);
    if (recorded !== undefined) return { ...recorded, retriedStmtId: stmtId };
    const reply = await untilFree(context, () => modifyOne(context));
    record(context, stmtId, reply);
    return reply;
  },
};

function modifyOne(context: CommandContext): BsonDocument {
  const { body, transaction } = context;
  const isRemoval = flagField(body, 'remove');
  if (isRemoval === (body['update'] !== undefined)) {
    throw new CommandError(9, 'Either an update or remove=true must be specified');
  }
  if (isRemoval && (flagField(body, 'new') || flagField(body, 'upsert'))) {
    throw new CommandError(9, "Cannot specify both 'remove=true' and 'new' or 'upsert'");
  }
  const collection = target(context);
  const filter = optionalDocument(body, 'query') ?? {};
  const [found] = selectDocuments(
    collection,
    { filter, sort: optionalDocument(body, 'sort'), limit: 1 },
    transaction,
  );
  if (isRemoval) {
    if (found === undefined) return { lastErrorObject: { n: 0 }, value: null };
    collection.write({ key: found.key, document: undefined }, transaction);
    return { lastErrorObject: { n: 1 }, value: project(body, filter, found.document) };
  }
  const spec = readUpdate(context, filter, body['update'], body);
  if (found === undefined) {
    if (!flagField(body, 'upsert')) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const inserted = insertUpsert(context, collection, spec);
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted['_id'] },
      value: flagField(body, 'new') ? project(body, filter, inserted) : null,
    };
  }
  collection.checkFree(found.key, transaction);
  const after = checkDocument(applyUpdate(found.document, spec));
  collection.write({ key: found.key, document: after }, transaction);
  return {
    lastErrorObject: { n: 1, updatedExisting: true },
    value: project(body, filter, flagField(body, 'new') ? after : found.document),
  };
}

function project(body: BsonDocument, filter: BsonDocument, document: BsonDocument): BsonDocument | null {
  return projectDocuments([document], optionalDocument(body, 'fields'), filter)[0] ?? null;
}
