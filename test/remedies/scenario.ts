import type { BackendName, Bench } from './bench.ts';

/** What an on-call engineer would call it. */
export const FAMILIES = [
  'crash',
  'image',
  'configuration',
  'memory',
  'probe',
  'scheduling',
  'quota',
  'rollout',
  'traffic',
  'job',
  'node',
] as const;
export type Family = (typeof FAMILIES)[number];

interface Scenario {
  readonly name: string;
  readonly on: BackendName;
  /** What is wrong, or looks so, in one line for the table. */
  readonly about: string;
  /** What is asked about, as it is typed after `why`, without the namespace. A function where the name is made up. */
  readonly subject: string | ((bench: Bench) => string);
  /** A namespace that is there already; otherwise one of its own. */
  readonly namespace?: string;
}

/** A failure that somebody meets, and how we know that it is gone. */
export interface Failure extends Scenario {
  readonly kind: 'failure';
  readonly family: Family;
  /** `approved`: a person takes the first proposal, a second one approves. `automatic`: nobody does anything. */
  readonly way: 'approved' | 'automatic';
  /** Breaks it. Resolves when it is broken. */
  begin(bench: Bench): Promise<void>;
  /** Judged by the live objects alone. */
  isHealthy(bench: Bench): Promise<boolean>;
}

/** Something to leave alone: healthy although it looks odd, or past mending by any operation of ours. */
export interface Control extends Scenario {
  readonly kind: 'healthy' | 'unfixable';
  begin(bench: Bench): Promise<void>;
}

/** How a scenario ended. */
export interface ScenarioResult {
  readonly scenario: Failure | Control;
  readonly verdict: 'healthy' | 'not healthy' | 'left alone' | 'harm' | 'error';
  /** The command of the operation that was carried out or refused; what happened where there was none. */
  readonly by: string;
  readonly seconds: number;
}
