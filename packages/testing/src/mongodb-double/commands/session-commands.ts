import type { CommandContext, CommandDefinition } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { listField } from '../command-fields.ts';
import { noSuchTransaction, type ServerSession } from '../server-sessions.ts';

export const commitTransaction: CommandDefinition = {
  fields: ['commitTransaction', 'recoveryToken'],
  inTransaction: true,
  writes: true,
  handle(context) {
    const session = sessionOf(context);
    if (session.state === 'aborted') throw noSuchTransaction(session.txnNumber);
    // Committed already: the driver asks again because it did not hear the answer.
    if (session.state === 'open') context.server.sessions.commit(session);
    return {};
  },
};

export const abortTransaction: CommandDefinition = {
  fields: ['abortTransaction', 'recoveryToken'],
  inTransaction: true,
  writes: true,
  handle(context) {
    const session = sessionOf(context);
    if (session.state === 'aborted') throw noSuchTransaction(session.txnNumber);
    if (session.state === 'committed') {
      throw new CommandError(256, `Transaction ${session.txnNumber} has been committed.`);
    }
    context.server.sessions.abort(session);
    return {};
  },
};

export const endSessions: CommandDefinition = {
  fields: ['endSessions'],
  inTransaction: false,
  writes: false,
  handle({ body, server }) {
    server.sessions.end(listField(body, 'endSessions'));
    return {};
  },
};

function sessionOf({ scope, database, name }: CommandContext): ServerSession {
  if (database !== 'admin') throw new CommandError(13, `${name} may only be run against the admin database.`);
  if (scope.kind !== 'transaction') throw new CommandError(125, `${name} must be run within a transaction`);
  return scope.session;
}
