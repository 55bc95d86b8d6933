import type { Defect } from '../defect.ts';

const DATABASE = 'packages/database/src/mongodb';
const STORE = 'packages/store/src/mongodb';
const FAULTS = `${STORE}/mongo-store-faults`;
const CONTRACT = `${STORE}/mongo-store.test`;
const SAVER = 'packages/store/src/checkpoints';

/** Ways in which the store on MongoDB could lose, double or invent what was decided. */
export const mongodbStoreDefects: readonly Defect[] = [
  {
    name: 'MongoDB confirms a write that one member alone has',
    file: `${DATABASE}/open-mongo-database.ts`,
    find: "writeConcern: { w: 'majority', j: true, wtimeoutMS: 10_000 }",
    replace: 'writeConcern: { w: 1, wtimeoutMS: 10_000 }',
    suite: DATABASE,
  },
  {
    name: 'MongoDB is taken though it is a standalone',
    file: `${DATABASE}/open-mongo-database.ts`,
    find: "if (typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid') return;",
    replace: "if (typeof hello['ok'] === 'number') return;",
    suite: DATABASE,
  },
  {
    name: 'MongoDB is searched by an object from outside',
    file: `${DATABASE}/mongo-condition.ts`,
    find: "if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;",
    replace: 'if (value !== undefined) return value;',
    suite: DATABASE,
  },
  {
    name: 'MongoDB of a newer version is written by an older one',
    file: `${DATABASE}/prepare-schema.ts`,
    find: 'found.version > MONGO_SCHEMA_VERSION',
    replace: 'found.version < MONGO_SCHEMA_VERSION',
    suite: DATABASE,
  },
  {
    name: 'a commit on MongoDB that nobody answered is done again unseen',
    file: `${DATABASE}/mongo-transaction.ts`,
    find: 'return !found.isVoid;',
    replace: 'return found.isVoid;',
    suite: FAULTS,
  },
  {
    name: 'a commit on MongoDB that nobody answered is taken for one that holds',
    file: `${DATABASE}/mongo-transaction.ts`,
    find: 'await commitsOf(options).insertOne(marker(options, commitId, true), { session });\n    return false;',
    replace:
      'await commitsOf(options).insertOne(marker(options, commitId, true), { session });\n    return true;',
    suite: FAULTS,
  },
  {
    name: 'a commit on MongoDB is given up when another writer was first',
    file: `${DATABASE}/mongo-transaction.ts`,
    find: 'const MOST_CONFLICTS = 40;',
    replace: 'const MOST_CONFLICTS = 0;',
    suite: FAULTS,
  },
  {
    name: 'the audit chain on MongoDB does not go on where it ended',
    file: `${STORE}/mongo-store.ts`,
    find: 'if (tail.head !== start) await endTurn(collections, tail);',
    replace: 'if (tail.head === start) await endTurn(collections, tail);',
    suite: CONTRACT,
  },
  {
    name: 'an update on MongoDB ignores the version that it replaces',
    file: `${STORE}/compare-and-set.ts`,
    find: 'collection.update({ _id: id, version: expectedVersion }, fields)',
    replace: 'collection.update({ _id: id }, fields)',
    suite: CONTRACT,
  },
  {
    name: 'a delivery on MongoDB is finished twice',
    file: `${STORE}/effect-changes.ts`,
    find: '{ _id: id, finishedAt: null }',
    replace: '{ _id: id }',
    suite: CONTRACT,
  },
  {
    name: 'a later write overwrites that of a task on MongoDB',
    file: `${SAVER}/mongo-checkpoint-saver.ts`,
    find: 'const isSpecial = position < 0;',
    replace: 'const isSpecial = true;',
    suite: `${SAVER}/mongo-checkpoint-saver`,
  },
];
