import type { Backend } from './backends/backend.ts';
import { boundaryId, boundaryNameOf } from './death-order.ts';
import type { FaultOptions } from './options.ts';
import { allTrials, type Recordings, sampleTrials } from './plan-trials.ts';
import { runTrial } from './run-trial.ts';
import { shuffle } from './shuffle.ts';
import { rowOf, type TrialResult, type TrialSpec } from './trial.ts';

/** A boundary that a run passed by before it was told to die there is tried again this often. */
const ATTEMPTS = 3;

export type Progress = (result: TrialResult, done: number, planned: number) => void;

/** Every trial of a run on its backends, some at a time. */
export class Campaign {
  readonly results: TrialResult[] = [];
  planned: readonly TrialSpec[] = [];
  readonly #backends: readonly Backend[];
  readonly #options: FaultOptions;
  readonly #onProgress: Progress;
  #deployments = 0;

  constructor(backends: readonly Backend[], options: FaultOptions, onProgress: Progress) {
    this.#backends = backends;
    this.#options = options;
    this.#onProgress = onProgress;
  }

  /** Records which boundaries there are, plans, and runs the plan. */
  async run(): Promise<void> {
    const recordings = await this.#record();
    const all = allTrials(recordings);
    const { isAll, boundary, seed } = this.#options;
    if (boundary !== undefined) this.planned = all.filter((spec) => isNamed(spec, boundary));
    else this.planned = isAll ? shuffle(all, seed) : sampleTrials(all, seed);
    const waiting = [...this.planned];
    await Promise.all(Array.from({ length: this.#options.width }, () => this.#work(waiting)));
  }

  async #record(): Promise<Recordings> {
    const recorded = await Promise.all(
      this.#backends.map(async ({ name }) => {
        const result = await this.#attempt({ family: 'record', backend: name, boundary: 'no fault' });
        return [name, result.passed] as const;
      }),
    );
    return new Map(recorded);
  }

  async #work(waiting: TrialSpec[]): Promise<void> {
    for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) {
      let result = await this.#attempt(spec);
      for (let attempt = 1; attempt < ATTEMPTS && !result.isReached; attempt += 1) {
        result = await this.#attempt(isLast(attempt) ? firstOccurrence(spec) : spec);
      }
    }
  }

  async #attempt(spec: TrialSpec): Promise<TrialResult> {
    const backend = this.#backends.find(({ name }) => name === spec.backend);
    if (backend === undefined) throw new Error(`no backend ${spec.backend}`);
    this.#deployments += 1;
    const result = await runTrial(spec, backend, `workload-${this.#deployments}`);
    this.results.push(result);
    this.#onProgress(result, this.results.length, this.planned.length);
    return result;
  }
}

function isLast(attempt: number): boolean {
  return attempt === ATTEMPTS - 1;
}

/** How often a boundary is passed depends on timing; every run passes it for a first time. */
function firstOccurrence(spec: TrialSpec): TrialSpec {
  if (spec.family !== 'kill') return spec;
  return { ...spec, boundary: boundaryId(boundaryNameOf(spec.boundary), 1) };
}

function isNamed(spec: TrialSpec, boundary: string): boolean {
  return [spec.boundary, spec.family, rowOf(spec), boundaryNameOf(spec.boundary)].includes(boundary);
}
