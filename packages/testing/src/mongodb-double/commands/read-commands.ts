import { replaceNow } from '../apply-update.ts';
import { type BsonDocument, copyValue, isDocument } from '../bson-document.ts';
import { checkHint } from '../check-hint.ts';
import { checkStages } from '../check-stages.ts';
import type { CommandContext, CommandDefinition } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { documentsField, flagField, optionalCount, optionalDocument, textField } from '../command-fields.ts';
import { distinctValues } from '../distinct-values.ts';
import { projectDocuments, runPipeline } from '../project-documents.ts';
import { type Selection, selectDocuments } from '../select-documents.ts';

export const find: CommandDefinition = {
  fields: [
    'find',
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'noCursorTimeout',
    'allowDiskUse',
  ],
  inTransaction: true,
  writes: false,
  handle(context) {
    const { body, server, database } = context;
    const name = textField(body, 'find');
    const selection = {
      filter: optionalDocument(body, 'filter') ?? {},
      sort: optionalDocument(body, 'sort'),
      skip: optionalCount(body, 'skip'),
      limit: optionalCount(body, 'limit'),
    };
    checkHint(server.storage.find(database, name), body['hint']);
    const documents = projectDocuments(
      select(context, name, selection),
      optionalDocument(body, 'projection'),
      selection.filter,
    );
    return {
      cursor: server.cursors.open({
        namespace: `${database}.${name}`,
        documents,
        batchSize: optionalCount(body, 'batchSize'),
        singleBatch: flagField(body, 'singleBatch'),
      }),
    };
  },
};

export const aggregate: CommandDefinition = {
  fields: ['aggregate', 'pipeline', 'cursor', 'hint', 'let', 'allowDiskUse'],
  inTransaction: true,
  writes: false,
  handle(context) {
    const { body, server, database } = context;
    const stages = documentsField(body, 'pipeline');
    checkStages(stages);
    const isOfDatabase = body['aggregate'] === 1;
    const name = isOfDatabase ? '$cmd.aggregate' : textField(body, 'aggregate');
    const cursor = optionalDocument(body, 'cursor');
    if (cursor === undefined) throw new CommandError(9, "The 'cursor' option is required");
    const [first, ...others] = stages;
    const filter = first?.['$match'];
    const source = isOfDatabase ? [] : select(context, name, { filter: isDocument(filter) ? filter : {} });
    const rest = isDocument(filter) ? others : stages;
    const now = new Date(server.clock.now());
    const documents = runPipeline(source, replaceNow(rest, now) as BsonDocument[], {
      variables: optionalDocument(body, 'let'),
      from: (other) => select(context, other, { filter: {} }).map((document) => copyValue(document)),
    });
    return {
      cursor: server.cursors.open({
        namespace: `${database}.${name}`,
        documents,
        batchSize: optionalCount(cursor, 'batchSize'),
      }),
    };
  },
};

export const count: CommandDefinition = {
  fields: ['count', 'query', 'limit', 'skip', 'hint'],
  inTransaction: false,
  writes: false,
  handle(context) {
    const { body } = context;
    const selection = {
      filter: optionalDocument(body, 'query') ?? {},
      limit: optionalCount(body, 'limit'),
      skip: optionalCount(body, 'skip'),
    };
    return { n: select(context, textField(body, 'count'), selection).length };
  },
};

export const distinct: CommandDefinition = {
  fields: ['distinct', 'key', 'query'],
  inTransaction: true,
  writes: false,
  handle(context) {
    const { body } = context;
    const documents = select(context, textField(body, 'distinct'), {
      filter: optionalDocument(body, 'query') ?? {},
    });
    return { values: distinctValues(documents, textField(body, 'key')) };
  },
};

function select(context: CommandContext, name: string, selection: Selection): readonly BsonDocument[] {
  const collection = context.server.storage.find(context.database, name);
  return selectDocuments(collection, selection, context.transaction).map(({ document }) => document);
}
