import { openDatabase } from '@jamie/database';
import { createTemporaryDirectory } from '@jamie/testing';
import { liveStreamsContract } from '@jamie/testing/contracts';
import { openSqliteLiveStreams } from './sqlite-live-streams.ts';

liveStreamsContract({
  name: 'SQLite',
  async create() {
    const directory = createTemporaryDirectory();
    const open = () => openDatabase({ directory: directory.path });
    const databases: ReturnType<typeof open>[] = [];
    const connect = () => {
      const database = open();
      databases.push(database);
      return openSqliteLiveStreams(database);
    };
    return {
      streams: connect(),
      openSecond: async () => connect(),
      async destroy() {
        for (const database of databases) database.close();
        directory.remove();
      },
    };
  },
});
