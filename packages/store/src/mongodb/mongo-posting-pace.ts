import type { Clock, PostingPace } from '@jamie/core';
import type { MongoCollections, MongoDatabase } from '@jamie/database/mongodb';
import { createTurns } from './in-turn.ts';

export interface MongoPostingPaceOptions {
  /** Belongs to the caller, who closes it. */
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

/** Turns for all processes of one database. */
export function openMongoPostingPace({ database, clock }: MongoPostingPaceOptions): PostingPace {
  const turns = createTurns();
  const inTurn = <T>(body: (collections: MongoCollections) => Promise<T>): Promise<T> =>
    turns(() => database.transaction(body));
  return {
    async takeTurn(key, intervalMs, limits = {}) {
      const { withinMs = Number.POSITIVE_INFINITY, burst = 1 } = limits;
      const now = Math.round(clock.now());
      return await inTurn(async (collections) => {
        const nextAt = await readNextAt(collections, key, now);
        const waitMs = Math.max(0, nextAt - (burst - 1) * intervalMs - now);
        if (waitMs <= withinMs && intervalMs > 0) {
          await write(collections, key, { nextAt: Math.max(nextAt, now) + Math.round(intervalMs), now });
        }
        return waitMs;
      });
    },
    async pause(key, delayMs) {
      const now = Math.round(clock.now());
      await inTurn(async (collections) => {
        const nextAt = Math.max(await readNextAt(collections, key, now), now + Math.round(delayMs));
        await write(collections, key, { nextAt, now });
      });
    },
  };
}

/** When the next turn begins by our clock. After the clock was set back, the turns taken before keep their length only. */
async function readNextAt(collections: MongoCollections, key: string, now: number): Promise<number> {
  const row = await collections.collection('slackTurns').findFirst({ _id: key });
  if (row === undefined) return now;
  const takenAt = Number(row['takenAt']);
  const nextAt = Number(row['nextAt']);
  if (takenAt <= now) return nextAt;
  const moved = now + (nextAt - takenAt);
  await write(collections, key, { nextAt: moved, now });
  return moved;
}

async function write(
  collections: MongoCollections,
  key: string,
  { nextAt, now }: { readonly nextAt: number; readonly now: number },
): Promise<void> {
  await collections.collection('slackTurns').put({ _id: key, nextAt, takenAt: now });
}
