import type { Clock, PostingPace } from '@jamie/core';
import type { Database, SqlRow } from '@jamie/database';

export interface SqlitePostingPaceOptions {
  /** Belongs to the caller, who closes it. */
  readonly database: Database;
  readonly clock: Clock;
}

/** Turns for all processes of one data directory. A power cut lasts longer than any turn. */
export function openSqlitePostingPace({ database, clock }: SqlitePostingPaceOptions): PostingPace {
  return {
    async takeTurn(key, intervalMs, limits = {}) {
      const { withinMs = Number.POSITIVE_INFINITY, burst = 1 } = limits;
      const now = Math.round(clock.now());
      return database.unsynced(() => {
        const nextAt = readNextAt(database, key, now);
        const waitMs = Math.max(0, nextAt - (burst - 1) * intervalMs - now);
        if (waitMs <= withinMs && intervalMs > 0) {
          write(database, key, Math.max(nextAt, now) + Math.round(intervalMs), now);
        }
        return waitMs;
      });
    },
    async pause(key, delayMs) {
      const now = Math.round(clock.now());
      database.unsynced(() => {
        const nextAt = Math.max(readNextAt(database, key, now), now + Math.round(delayMs));
        write(database, key, nextAt, now);
      });
    },
  };
}

/** When the next turn begins by our clock. After the clock was set back, the turns taken before keep their length only. */
function readNextAt(database: Database, key: string, now: number): number {
  const row = database.get('SELECT next_at, taken_at FROM slack_turns WHERE key = ?', key);
  if (row === undefined) return now;
  const takenAt = numberOf(row, 'taken_at');
  const nextAt = numberOf(row, 'next_at');
  if (takenAt <= now) return nextAt;
  const moved = now + (nextAt - takenAt);
  write(database, key, moved, now);
  return moved;
}

function write(database: Database, key: string, nextAt: number, now: number): void {
  database.run(
    `INSERT INTO slack_turns (key, next_at, taken_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at, taken_at = excluded.taken_at`,
    key,
    nextAt,
    now,
  );
}

function numberOf(row: SqlRow, column: string): number {
  return Number(row[column]);
}
