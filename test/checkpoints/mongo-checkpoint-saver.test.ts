import { type MongoDatabase, openMongoDatabase } from '@jamie/database/mongodb';
import { MongoCheckpointSaver } from '@jamie/store/mongodb-checkpoints';
import { type MongodbDouble, RecordingLogger, startMongodbDouble } from '@jamie/testing';
import { type CheckpointSaverTestInitializer, specTest } from '@langchain/langgraph-checkpoint-validation';

const CLOCK = { now: () => Date.UTC(2026, 0, 15), sleep: async () => undefined };

let double: MongodbDouble;
let databases = 0;
const opened = new Map<MongoCheckpointSaver, MongoDatabase>();

const initializer: CheckpointSaverTestInitializer<MongoCheckpointSaver> = {
  checkpointerName: 'MongoCheckpointSaver',
  async beforeAll() {
    double = await startMongodbDouble();
  },
  async afterAll() {
    await double.stop();
  },
  async createCheckpointer() {
    databases += 1;
    const logger = new RecordingLogger();
    const database = await openMongoDatabase({
      ...{ url: double.url, name: `checkpoints${databases}`, clock: CLOCK, logger },
    });
    const saver = new MongoCheckpointSaver({ database });
    opened.set(saver, database);
    return saver;
  },
  async destroyCheckpointer(saver) {
    await opened.get(saver)?.close();
    opened.delete(saver);
  },
};

specTest(initializer);
