import { openDatabase } from '@jamie/database';
import { createTemporaryDirectory } from '@jamie/testing';
import { postingLineContract, postingPaceContract } from '@jamie/testing/contracts';
import { openSqlitePostingLine } from './sqlite-posting-line.ts';
import { openSqlitePostingPace } from './sqlite-posting-pace.ts';

function openTwice() {
  const directory = createTemporaryDirectory();
  const databases = [1, 2].map(() => openDatabase({ directory: directory.path }));
  const destroy = () => {
    for (const database of databases) database.close();
    directory.remove();
  };
  const [first, second] = databases;
  if (first === undefined || second === undefined) throw new Error('two connections were opened');
  return { first, second, destroy };
}

postingPaceContract({
  name: 'SQLite',
  create: (clock) => {
    const { first, second, destroy } = openTwice();
    const open = (database: typeof first) => openSqlitePostingPace({ database, clock });
    return { pace: open(first), second: open(second), destroy };
  },
});

postingLineContract({
  name: 'SQLite',
  create: (clock) => {
    const { first, second, destroy } = openTwice();
    const open = (database: typeof first) => openSqlitePostingLine({ database, clock });
    return { line: open(first), second: open(second), destroy };
  },
});
