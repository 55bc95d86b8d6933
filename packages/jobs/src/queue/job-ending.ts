import { OpsError } from '@jamie/core';
import type { JobDefinition } from '../catalog.ts';
import { decideRetry } from '../retry-decision.ts';

/** What the processor did. */
export type Settled = { readonly kind: 'completed' } | { readonly kind: 'threw'; readonly error: OpsError };

/** Why its run was cut short from outside. */
export type Interruption = 'lost' | 'timed_out' | 'let_go';

export type JobEnding =
  | { readonly kind: 'complete' }
  /** Another worker runs the same attempt again. */
  | { readonly kind: 'release' }
  /** Another worker has it already: nothing of this run is recorded. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'retry'; readonly delayMs: number; readonly error: OpsError }
  | {
      readonly kind: 'fail';
      readonly reason: 'not_retryable' | 'attempts_exhausted';
      readonly error: OpsError;
    };

export interface RunResult {
  /** Absent when the processor had not stopped in time. */
  readonly settled: Settled | undefined;
  readonly interruption: Interruption | undefined;
  readonly attempt: number;
}

/** Decides what is recorded of a run. Work that was completed counts, however late. Pure; `random` is in 0..1. */
export function decideEnding(result: RunResult, definition: JobDefinition, random: number): JobEnding {
  const { settled, interruption, attempt } = result;
  if (settled?.kind === 'completed') return { kind: 'complete' };
  if (interruption === 'lost') return { kind: 'abandon' };
  if (interruption === 'let_go') return { kind: 'release' };
  const error = interruption === 'timed_out' || settled === undefined ? toError('timed_out') : settled.error;
  return { ...decideRetry(error, attempt, definition, random), error };
}

/** The reason that the processor's signal aborts with. */
export function toError(interruption: Interruption): OpsError {
  switch (interruption) {
    case 'lost':
      return new OpsError('cancelled', 'another worker has taken the job over');
    case 'timed_out':
      return new OpsError('timeout', 'the job took longer than its limit');
    case 'let_go':
      return new OpsError('cancelled', 'the worker is stopping');
  }
}
