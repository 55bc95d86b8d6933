import type { AuditEntry, CorrelationId } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { createEmbeddedJobQueue } from '@jamie/jobs';
import { randomIds, sha256, systemClock } from '@jamie/runtime';
import { openSqliteStore } from '@jamie/store';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import type { Benchmark, Measurement } from './benchmark.ts';
import { compareSides, medianOf, rateOf, type Sample, type Side, type SideLoad } from './compare-sides.ts';
import { ACTION_CATALOG, commit, openDurableActions } from './durable-action.ts';

const ACTIONS: SideLoad = { concurrency: 8, actions: 250, warmUp: 50 };
/** As many as ask at the same time when an alert wakes everybody. */
const COMMITS: SideLoad = { concurrency: 64, actions: 2_000, warmUp: 200 };
const PEER = 'raw SQLite commit of one row, synchronous=FULL';

/**
 * B6: complete durable actions on the embedded store and queue, and commits of the store alone under load, against bare
 * transactions of one row on a database of the same kind, A B B A.
 */
export const embeddedBenchmark: Benchmark = {
  name: 'embedded',
  async run() {
    const actions = await compareSides([openActions(), openRaw()], ACTIONS);
    const commits = await compareSides([openCommits(), openRaw()], COMMITS);
    return [
      ...compare('complete actions, 8 at a time', actions, 0.25),
      ...compare('commits of the store, 64 at a time', commits, 1),
    ];
  },
};

function compare(
  figure: string,
  [ours, raw]: readonly [readonly Sample[], readonly Sample[]],
  atLeast: number,
): readonly Measurement[] {
  const [value, floor] = [rateOf(ours), rateOf(raw)];
  const ratio = value / floor;
  return [
    {
      ...{ figure, value, unit: '/s', peer: PEER, ratio },
      ...{ bar: `>= ${atLeast}x`, met: ratio >= atLeast },
    },
    { figure: `${PEER}, beside it`, value: floor, unit: '/s' },
    { figure: `${figure}, p50`, value: medianOf(ours), unit: 'ms' },
  ];
}

interface Place {
  readonly database: Database;
  close(): void;
}

function openPlace(): Place {
  const directory = createTemporaryDirectory();
  const database = openDatabase({ directory: directory.path });
  return {
    database,
    close() {
      database.close();
      directory.remove();
    },
  };
}

function openActions(): Side {
  const { database, close } = openPlace();
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const queue = createEmbeddedJobQueue({
    ...{ database, catalog: ACTION_CATALOG, clock: systemClock, ids: randomIds, random: Math.random },
    ...{ logger: new RecordingLogger(), concurrency: ACTIONS.concurrency },
  });
  return openDurableActions(store, queue, close);
}

function openCommits(): Side {
  const { database, close } = openPlace();
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  return {
    act: (number) => commit(store, [{ kind: 'audit.append', entry: entryOf(number) }]),
    async close() {
      await store.close();
      close();
    },
  };
}

/** The least that is durable: one row of the size of such an entry, a transaction for each. */
function openRaw(): Side {
  const { database, close } = openPlace();
  database.run('CREATE TABLE raw (number INTEGER, entry TEXT)');
  return {
    async act(number) {
      const entry = JSON.stringify(entryOf(number));
      database.transaction(() => database.run('INSERT INTO raw VALUES (?, ?)', number, entry));
    },
    close: async () => close(),
  };
}

function entryOf(number: number): AuditEntry {
  return {
    at: systemClock.now(),
    kind: 'request.received',
    actor: 'bench',
    correlationId: `c_${number}` as CorrelationId,
    details: { number },
  };
}
