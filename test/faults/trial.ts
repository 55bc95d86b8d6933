import type { Backend } from './backends/backend.ts';
import { boundaryNameOf } from './death-order.ts';

/** How a trial goes wrong. Each family has its own runner. */
type Family = 'record' | 'kill' | 'envelope' | 'stop' | 'late request' | 'delivery';

/** One trial, closed over everything that a replay needs. */
export interface TrialSpec {
  readonly family: Family;
  readonly backend: Backend['name'];
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
export function rowOf({ family, boundary }: TrialSpec): string {
  return family === 'kill' || family === 'stop'
    ? `${family} ${boundaryNameOf(boundary)}`
    : `${family} ${boundary}`;
}

/** The command that runs just this trial again. */
export function replayOf({ backend, boundary }: TrialSpec, seed: number): string {
  return `npm run faults -- --seed ${seed} --backend ${backend} --boundary '${boundary}'`;
}
