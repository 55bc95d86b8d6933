import type { Backend } from './backends/backend.ts';
import type { ChangeName } from './changes/change.ts';
import { boundaryNameOf } from './death-order.ts';

/** How a trial goes wrong. Each family has its own runner. */
type Family =
  | 'record'
  | 'kill'
  | 'envelope'
  | 'stop'
  | 'late request'
  | 'delivery'
  | 'redis emptied'
  | 'redis killed'
  | 'mongodb away';

/** Where jobs wait: in the store, or on a real Redis of the trial's own. */
export const QUEUES = ['embedded', 'redis'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Where everything else is kept: in SQLite, or on the double of MongoDB, whose jobs are always on Redis. */
export const STORES = ['sqlite', 'mongodb'] as const;
export type StoreName = (typeof STORES)[number];

/** What a trial runs on, and what is asked for. */
export interface Cell {
  readonly backend: Backend['name'];
  readonly queue: QueueName;
  readonly store: StoreName;
  readonly change: ChangeName;
}

/** One trial, closed over everything that a replay needs. */
export interface TrialSpec extends Cell {
  readonly family: Family;
  /** Where or what: `commit:plan.approved:after#1`, `click.acknowledged`, … */
  readonly boundary: string;
}

export interface TrialResult {
  readonly spec: TrialSpec;
  /** Whether the fault really happened; a trial without its fault proves nothing and covers nothing. */
  readonly isReached: boolean;
  /** Real kill -9 signals, by where each process died. */
  readonly kills: readonly string[];
  readonly violations: readonly string[];
  /** From the last death to the visible outcome, where the death came first. */
  readonly recoveryMs?: number;
  /** Every boundary that any run passed, in order. */
  readonly passed: readonly string[];
  readonly durationMs: number;
}

/** The row of the report that a trial belongs to: occurrences of one boundary are one row. */
export function rowOf({ change, family, boundary }: TrialSpec): string {
  const place =
    family === 'record' || family === 'envelope' || family === 'delivery' || family === 'late request'
      ? boundary
      : boundaryNameOf(boundary);
  return change === 'scale' ? `${family} ${place}` : `${change}: ${family} ${place}`;
}

/** The column of the report that a trial belongs to. */
export function columnOf({ backend, queue, store }: Pick<TrialSpec, 'backend' | 'queue' | 'store'>): string {
  if (store === 'mongodb') return `${backend} + Redis + MongoDB`;
  return queue === 'embedded' ? backend : `${backend} + Redis`;
}

/** The command that runs just this trial again. */
export function replayOf({ backend, queue, store, change, boundary }: TrialSpec, seed: number): string {
  return `npm run faults -- --seed ${seed} --backend ${backend} --queue ${queue} --store ${store} --change '${change}' --boundary '${boundary}'`;
}
