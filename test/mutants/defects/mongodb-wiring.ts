import type { Defect } from '../defect.ts';

const CONFIG = 'packages/runtime/src/config';
const STANDALONE = 'apps/standalone/src';
const DATABASE = 'packages/database/src/mongodb';

/** Ways in which choosing MongoDB could promise more than it keeps, or leave something behind. */
export const mongodbWiringDefects: readonly Defect[] = [
  {
    name: 'MongoDB is chosen without a place for jobs',
    file: `${CONFIG}/load-config.ts`,
    find: 'if (lacksQueue(parsed)) problems.push(NO_QUEUE_FOR_MONGODB);',
    replace: '',
    suite: `${CONFIG}/database-config`,
  },
  {
    name: 'an address of MongoDB asks for weaker writes and is taken',
    file: `${CONFIG}/database-config.ts`,
    find: "w: (value) => value !== 'majority',",
    replace: '',
    suite: `${CONFIG}/database-config`,
  },
  {
    name: 'the password of MongoDB reaches the log',
    file: `${CONFIG}/load-config.ts`,
    find: 'if (config.mongodb !== undefined) values.push(...listMongodbSecrets(config.mongodb));',
    replace: '',
    suite: `${CONFIG}/database-config`,
  },
  {
    name: 'a start that fails keeps the data directory',
    file: `${STANDALONE}/open-storage.ts`,
    find: '  } catch (error) {\n    lock.release();\n    throw error;',
    replace: '  } catch (error) {\n    throw error;',
    suite: `${STANDALONE}/open-storage`,
  },
  {
    name: 'a clock falls behind what another machine has recorded on MongoDB',
    file: `${STANDALONE}/open-mongodb-storage.ts`,
    find: 'clock.notBefore(await mongoLatestRecordedAt(database));',
    replace: 'await mongoLatestRecordedAt(database);',
    suite: `${STANDALONE}/open-storage`,
  },
  {
    name: 'a start waits for the transaction of a dead process',
    file: `${DATABASE}/prepare-schema.ts`,
    find: 'const missing = COUNTERS.filter((name) => !found.some(({ _id }) => _id === name));',
    replace: 'const missing = found.length < 0 ? [] : COUNTERS;',
    suite: `${DATABASE}/open-mongo-database`,
  },
];
