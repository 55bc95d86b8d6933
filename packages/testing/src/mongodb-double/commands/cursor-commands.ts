import type { Long } from 'bson';
import type { BsonDocument } from '../bson-document.ts';
import type { CommandDefinition } from '../command-context.ts';
import { listField, optionalCount, textField } from '../command-fields.ts';

export const getMore: CommandDefinition = {
  fields: ['getMore', 'collection', 'batchSize'],
  inTransaction: true,
  writes: false,
  handle({ body, database, server }) {
    const namespace = `${database}.${textField(body, 'collection')}`;
    // The server takes 0 here for "no limit", unlike in the first batch.
    const batchSize = optionalCount(body, 'batchSize');
    return {
      cursor: server.cursors.next(
        cursorId(body['getMore']),
        namespace,
        batchSize === 0 ? undefined : batchSize,
      ),
    };
  },
};

export const killCursors: CommandDefinition = {
  fields: ['killCursors', 'cursors'],
  inTransaction: true,
  writes: false,
  handle({ body, server }) {
    const cursorsKilled: unknown[] = [];
    const cursorsNotFound: unknown[] = [];
    for (const id of listField(body, 'cursors')) {
      (server.cursors.close(cursorId(id)) ? cursorsKilled : cursorsNotFound).push(id);
    }
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] } satisfies BsonDocument;
  },
};

function cursorId(id: unknown): number {
  return typeof id === 'number' ? id : Number((id as Long).toString());
}
