import type { Defect } from '../defect.ts';

const DOUBLE = 'packages/testing/src/mongodb-double';

/** Ways in which the MongoDB double could be kinder than the server that it stands for. */
export const mongodbDoubleDefects: readonly Defect[] = [
  {
    name: 'a retryable write that comes again is done again',
    file: `${DOUBLE}/run-statements.ts`,
    find: "if (context.scope.kind !== 'retryable_write') return undefined;",
    replace: 'if (stmtId >= 0) return undefined;',
    suite: DOUBLE,
  },
  {
    name: 'a unique index lets a second document have its key',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'if (current !== undefined && current !== owner)',
    replace: 'if (current !== undefined && current === owner)',
    suite: DOUBLE,
  },
  {
    name: 'a transaction writes over what was committed after its snapshot',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'if (writer !== undefined && last !== undefined && last.at > writer.readsAt) throw writeConflict();',
    replace: '',
    suite: DOUBLE,
  },
  {
    name: 'a transaction reads what others commit while it runs',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'return versions.findLast(({ at }) => at <= readsAt)?.document;',
    replace: 'return versions.at(-1)?.document;',
    suite: DOUBLE,
  },
  {
    name: 'a writer outside of transactions does not wait for the one that holds the document',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'if (writer === undefined) throw new BlockedByTransaction(record.holder);',
    replace: 'if (writer === undefined) return;',
    suite: DOUBLE,
  },
  {
    name: 'an aborted transaction keeps its unique keys',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'for (const key of taken.keys()) this.#indexes.get(name)?.keys?.release(key);',
    replace: 'if (taken.size < 0) this.#indexes.get(name)?.keys?.release(name);',
    suite: DOUBLE,
  },
  {
    name: 'a duplicate key leaves its transaction open',
    file: `${DOUBLE}/run-statements.ts`,
    find: "if (context.scope.kind === 'transaction') context.server.sessions.abort(context.scope.session);",
    replace: '',
    suite: DOUBLE,
  },
  {
    name: 'an option that nobody implements is passed over in silence',
    file: `${DOUBLE}/command-fields.ts`,
    find: 'if (GENERIC_FIELDS.has(field) || known.includes(field)) continue;',
    replace: 'if (GENERIC_FIELDS.has(field) || known.length > 0) continue;',
    suite: DOUBLE,
  },
  {
    name: 'a dropped connection drops the effect with it',
    file: `${DOUBLE}/answer-request.ts`,
    find: "if (fault?.kind === 'drop_connection' && fault.moment === 'before_effect')",
    replace: "if (fault?.kind === 'drop_connection')",
    suite: DOUBLE,
  },
  {
    name: 'a partial unique index holds what its filter does not cover',
    file: `${DOUBLE}/stored-collection.ts`,
    find: 'of === undefined || !index.covers(of) ? []',
    replace: 'of === undefined ? []',
    suite: DOUBLE,
  },
];
