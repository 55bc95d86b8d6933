import type { Backend } from './backends/backend.ts';
import { boundaryNameOf } from './death-order.ts';
import { DELIVERIES } from './scenarios/play-delivery.ts';
import { ENVELOPES } from './scenarios/play-envelope.ts';
import { LATE_REQUESTS } from './scenarios/play-late-request.ts';
import { shuffle } from './shuffle.ts';
import { rowOf, type TrialSpec } from './trial.ts';

/** Verification repeats itself: later occurrences of one boundary are the same state once more. */
const OCCURRENCES = 2;

/** Where a zombie is worst: the right to act is taken, the request or the post is about to leave, or has just left. */
const STOPS = [
  'commit:plan.approved:before#1',
  'job:operations.execute:before#1',
  'commit:plan.lease_taken:before#1',
  'commit:plan.lease_taken:after#1',
  'cluster.get:after#2',
  'commit:plan.lease_renewed:before#1',
  'commit:plan.lease_renewed:after#1',
  'cluster.send:before#1',
  'cluster.send:after#1',
  'commit:plan.applied:before#1',
  'commit:plan.observed:before#1',
  'commit:message.claimed:after#1',
  'slack.show:before#1',
  'slack.show:after#1',
] as const;
/** In every run, on every backend. */
const WORST_STOP = 'cluster.send:before#1';

/** What a recording run passed, per backend. */
export type Recordings = ReadonlyMap<Backend['name'], readonly string[]>;

/** Every trial there is: each recorded boundary in its first occurrences, and each fault from outside. */
export function allTrials(recordings: Recordings): readonly TrialSpec[] {
  return [...recordings].flatMap(([backend, passed]) => [
    ...firstOccurrences(passed).map((boundary): TrialSpec => ({ family: 'kill', backend, boundary })),
    ...STOPS.map((boundary): TrialSpec => ({ family: 'stop', backend, boundary })),
    ...ENVELOPES.map((boundary): TrialSpec => ({ family: 'envelope', backend, boundary })),
    ...LATE_REQUESTS.map((boundary): TrialSpec => ({ family: 'late request', backend, boundary })),
    ...DELIVERIES.map((boundary): TrialSpec => ({ family: 'delivery', backend, boundary })),
  ]);
}

/**
 * A sample that covers every row once, on a backend and at an occurrence that the seed picks; the worst zombie, the late
 * request and the killed click on every backend.
 */
export function sampleTrials(all: readonly TrialSpec[], seed: number): readonly TrialSpec[] {
  const sample = new Map<string, TrialSpec>();
  for (const spec of shuffle(all, seed)) {
    const isAlways = spec.family === 'late request' || spec.boundary === WORST_STOP;
    const key = isAlways ? `${spec.backend} ${rowOf(spec)}` : rowOf(spec);
    if (!sample.has(key)) sample.set(key, spec);
  }
  return [...sample.values()];
}

function firstOccurrences(passed: readonly string[]): readonly string[] {
  return passed.filter((id) => Number(id.slice(boundaryNameOf(id).length + 1)) <= OCCURRENCES);
}
