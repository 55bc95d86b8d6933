import type { Backend } from '../backends/backend.ts';

/** What a trial asks for. `several, moved`: the second object is changed by somebody else once the first step is done. */
export const CHANGE_NAMES = [
  'scale',
  'several',
  'several, moved',
  'drain',
  'apply',
  'run_cron_job',
  'delete_pod',
] as const;
export type ChangeName = (typeof CHANGE_NAMES)[number];

export interface ChangeSetting {
  readonly backend: Backend;
  /** Every object of the trial has this name, or begins with it and a dash. */
  readonly trial: string;
}

/** One kind of change, as a person asks for it and as the API server must have seen it in the end. */
export interface Change {
  readonly name: ChangeName;
  /** Puts in place what the change works on; resolves when it has settled. */
  prepare(setting: ChangeSetting): Promise<PreparedChange>;
}

export interface PreparedChange {
  /** What a person writes. */
  readonly request: string;
  readonly ends: 'succeeded' | 'rolled_back';
  /** Every write that the API server may have carried out for the plan, in this order: `verb resource name`. */
  readonly effects: readonly RegExp[];
  /** What is not as it must be in the cluster once all is done; empty when all is. */
  judge(): Promise<readonly string[]>;
  /** What others do meanwhile; called again and again until it resolves to true. */
  meanwhile?(): Promise<boolean>;
  /** What somebody else does at a moment of the plan, while the program stands still there; once in a trial. */
  readonly interruption?: { readonly at: string; carryOut(): Promise<void> };
  /** Takes away what `prepare` made. */
  remove(): Promise<void>;
}

/** For judges: nothing where it holds, else the violation. */
export function unless(holds: boolean, violation: string): readonly string[] {
  return holds ? [] : [violation];
}
