import { type Inbox, OpsError } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { openSqliteInbox, openSqliteStore, type SqliteInbox } from '@jamie/store';
import {
  aDelivery,
  createTemporaryDirectory,
  FakeClock,
  RecordingLogger,
  type TemporaryDirectory,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { App, ReceiverEvent } from '@slack/bolt';
import { ticketOf } from './delivery-ticket.ts';
import { createInboxReceiver, type InboxReceiver } from './inbox-receiver.ts';

const LEASE_MS = 3_000;
const POLL_MS = 1_000;

interface Handled {
  readonly by: string;
  readonly id: string;
  readonly isRepeat: boolean;
}

describe('createInboxReceiver', () => {
  let directory: TemporaryDirectory;
  let clock: FakeClock;
  let databases: Database[];
  let receivers: InboxReceiver[];
  let handled: Handled[];
  let inbox: SqliteInbox;
  let finish: (id: string) => Promise<void>;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    clock = new FakeClock();
    [databases, receivers, handled] = [[], [], []];
    const database = open();
    inbox = openSqliteInbox({ database, clock });
    const store = openSqliteStore({ database, digest: (text) => text, clock });
    finish = async (id) => void (await store.commit([{ kind: 'inbox.finish', id }]));
  });

  afterEach(async () => {
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    for (const database of databases) database.close();
    directory.remove();
  });

  function open(): Database {
    const database = openDatabase({ directory: directory.path });
    databases.push(database);
    return database;
  }

  /** Another process on the same data; `handle` is what its listeners do. */
  async function start(
    by: string,
    handle: () => Promise<void> = async () => undefined,
    over: Partial<Inbox> = {},
  ) {
    const receiver = createInboxReceiver({
      ...{ inbox: { ...openSqliteInbox({ database: open(), clock }), ...over }, owner: by, clock },
      finish: (id) => finish(id),
      ...{ logger: new RecordingLogger(), pollMs: POLL_MS, leaseMs: LEASE_MS },
      apologise: async () => undefined,
    });
    const app = {
      async processEvent({ customProperties = {} }: ReceiverEvent) {
        const { id, isRepeat } = ticketOf(customProperties);
        handled.push({ by, id, isRepeat });
        await handle();
      },
    };
    receiver.init(app as App);
    await receiver.start();
    receivers.push(receiver);
    return receiver;
  }

  const put = (id: string, lane: string) => inbox.put(aDelivery(id, { lane }));
  const idsOf = (lane: string) => handled.map(({ id }) => id).filter((id) => id.startsWith(lane));

  it('hands each delivery on once when two processes take them, in order within each lane', async () => {
    for (let number = 0; number < 40; number += 1)
      await put(`${'abcd'[number % 4]}${number}`, `${number % 4}`);
    await start('one');
    await start('other');
    for (let round = 0; round < 30 && handled.length < 40; round += 1) await clock.advance(POLL_MS);
    expect(handled.map(({ id }) => id).toSorted()).toHaveLength(40);
    expect(new Set(handled.map(({ id }) => id)).size).toBe(40);
    for (const lane of 'abcd') {
      expect(idsOf(lane)).toEqual(
        idsOf(lane).toSorted((one, two) => Number(one.slice(1)) - Number(two.slice(1))),
      );
    }
    expect(handled.every(({ isRepeat }) => !isRepeat)).toBe(true);
  });

  it('leaves what a living process handles with it, however long that takes', async () => {
    const slow = Promise.withResolvers<void>();
    await put('a', 'a');
    await start('one', () => slow.promise);
    await clock.advance(POLL_MS);
    await start('other');
    for (let round = 0; round < 20; round += 1) await clock.advance(POLL_MS);
    expect(handled).toEqual([{ by: 'one', id: 'a', isRepeat: false }]);
    slow.resolve();
  });

  it('gives back what it has not begun when it stops, for another to take at once', async () => {
    const first = Promise.withResolvers<void>();
    await put('a1', 'a');
    await put('a2', 'a');
    const one = await start('one', () => first.promise);
    await clock.advance(POLL_MS);
    const stopping = one.stop();
    first.resolve();
    await stopping;
    await start('other');
    await clock.advance(POLL_MS);
    expect(handled.map(({ by, id }) => [by, id])).toEqual([
      ['one', 'a1'],
      ['other', 'a2'],
    ]);
  });

  it('takes over what a dead process held, and says that it may have been handled in part', async () => {
    await put('a', 'a');
    await inbox.claim('dead', 10, LEASE_MS);
    await start('one');
    for (let round = 0; round < 2; round += 1) await clock.advance(POLL_MS);
    expect(handled).toEqual([]);
    for (let round = 0; round < 3; round += 1) await clock.advance(POLL_MS);
    expect(handled).toEqual([{ by: 'one', id: 'a', isRepeat: true }]);
  });

  it('does not begin what another process took over while this one stood still', async () => {
    const first = Promise.withResolvers<void>();
    await put('a1', 'a');
    await put('a2', 'a');
    await start('one', () => first.promise);
    await clock.advance(POLL_MS);
    // What another process does once it has seen no renewal for a lease.
    databases[0]?.run("UPDATE inbox SET claimed_by = 'other' WHERE id = 'a2'");
    await clock.advance(LEASE_MS / 2);
    first.resolve();
    await clock.advance(POLL_MS);
    expect(handled.map(({ id }) => id)).toEqual(['a1']);
  });

  it('begins what it holds once it can be told that it does, however long the database is away', async () => {
    const first = Promise.withResolvers<void>();
    await put('a1', 'a');
    await put('a2', 'a');
    let isAway = false;
    const renew = async (owner: string, leaseMs: number) => {
      if (isAway) throw new OpsError('unavailable', 'away');
      return inbox.renew(owner, leaseMs);
    };
    await start('one', () => first.promise, { renew });
    await clock.advance(POLL_MS);
    isAway = true;
    await clock.advance(LEASE_MS);
    first.resolve();
    for (let round = 0; round < 5; round += 1) await clock.advance(POLL_MS);
    expect(handled.map(({ id }) => id)).toEqual(['a1']);
    isAway = false;
    for (let round = 0; round < 2; round += 1) await clock.advance(POLL_MS);
    expect(handled.map(({ id }) => id)).toEqual(['a1', 'a2']);
  });

  it('goes on with the lane when a delivery that was given up cannot be finished', async () => {
    await put('a1', 'a');
    await put('a2', 'a');
    const done = finish;
    finish = async (id) => {
      if (id === 'a1') throw new OpsError('internal', 'damaged');
      await done(id);
    };
    const refuse = async () => {
      if (handled.length === 1) throw new OpsError('invalid_input', 'nothing to be done');
    };
    await start('one', refuse);
    for (let round = 0; round < 3; round += 1) await clock.advance(POLL_MS);
    expect(handled.map(({ id }) => id)).toEqual(['a1', 'a2']);
  });
});
