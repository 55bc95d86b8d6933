import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@jamie/database';
import { SqliteCheckpointSaver } from '@jamie/store/checkpoints';
import { type CheckpointSaverTestInitializer, specTest } from '@langchain/langgraph-checkpoint-validation';

// LangGraph's suite needs Vitest, so this folder is outside Jest's roots; test/integration/checkpoint-saver.test.ts
// starts it.
const opened = new Map<SqliteCheckpointSaver, { readonly database: Database; readonly directory: string }>();

const initializer: CheckpointSaverTestInitializer<SqliteCheckpointSaver> = {
  checkpointerName: 'SqliteCheckpointSaver',
  createCheckpointer() {
    const directory = mkdtempSync(join(tmpdir(), 'jamie-checkpoints-'));
    const database = openDatabase({ directory });
    const saver = new SqliteCheckpointSaver({ database });
    opened.set(saver, { database, directory });
    return saver;
  },
  destroyCheckpointer(saver) {
    const resources = opened.get(saver);
    resources?.database.close();
    if (resources !== undefined) rmSync(resources.directory, { recursive: true, force: true });
    opened.delete(saver);
  },
};

specTest(initializer);
