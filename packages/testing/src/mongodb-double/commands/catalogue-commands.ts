import { type CommandDefinition, untilFree } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { flagField, optionalCount, optionalDocument, textField } from '../command-fields.ts';
import { ID_INDEX, showIndex } from '../index-definition.ts';
import { matcher } from '../match-documents.ts';

export const create: CommandDefinition = {
  fields: ['create'],
  inTransaction: false,
  writes: true,
  handle({ body, database, server }) {
    const name = textField(body, 'create');
    if (server.storage.find(database, name) !== undefined) {
      throw new CommandError(48, `Collection ${database}.${name} already exists.`);
    }
    server.storage.findOrCreate(database, name);
    return {};
  },
};

export const drop: CommandDefinition = {
  fields: ['drop'],
  inTransaction: false,
  writes: true,
  handle(context) {
    const { database, server, body } = context;
    const name = textField(body, 'drop');
    return untilFree(context, () => {
      const nIndexesWas = server.storage.find(database, name)?.indexes.length;
      const wasThere = server.storage.drop(database, name);
      return wasThere ? { ns: `${database}.${name}`, nIndexesWas } : {};
    });
  },
};

export const dropDatabase: CommandDefinition = {
  fields: ['dropDatabase'],
  inTransaction: false,
  writes: true,
  handle(context) {
    const { database, server } = context;
    return untilFree(context, () => (server.storage.dropDatabase(database) ? { dropped: database } : {}));
  },
};

export const listCollections: CommandDefinition = {
  fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  inTransaction: false,
  writes: false,
  handle({ body, database, server }) {
    const matches = matcher(optionalDocument(body, 'filter') ?? {});
    const isNameOnly = flagField(body, 'nameOnly');
    const documents = server.storage
      .collections(database)
      .map(([name]) => ({
        name,
        type: 'collection',
        ...(!isNameOnly && { options: {}, info: { readOnly: false }, idIndex: showIndex(ID_INDEX) }),
      }))
      .filter(matches);
    return {
      cursor: server.cursors.open({
        namespace: `${database}.$cmd.listCollections`,
        documents,
        batchSize: optionalCount(optionalDocument(body, 'cursor') ?? {}, 'batchSize'),
      }),
    };
  },
};

export const listDatabases: CommandDefinition = {
  fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
  inTransaction: false,
  writes: false,
  handle({ body, server }) {
    const matches = matcher(optionalDocument(body, 'filter') ?? {});
    // Sizes on disk mean nothing here, so only names are told.
    if (!flagField(body, 'nameOnly'))
      throw new CommandError(238, 'this server implements listDatabases with nameOnly');
    return { databases: server.storage.databases.map((name) => ({ name })).filter(matches) };
  },
};
