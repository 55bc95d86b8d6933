import type { Backend } from './backends/backend.ts';
import { boundaryNameOf } from './death-order.ts';
import type { Journal } from './journal.ts';
import type { FaultOptions } from './options.ts';
import { allTrials, firstOccurrence, type Recording, sampleCells, sampleTrials } from './plan-trials.ts';
import { runTrial } from './run-trial.ts';
import { shuffle } from './shuffle.ts';
import { type Cell, columnOf, rowOf, type TrialResult, type TrialSpec } from './trial.ts';

/** A boundary that a run passed by before it was told to die there is tried again this often. */
const ATTEMPTS = 3;

export type Progress = (result: TrialResult, done: number, planned: number) => void;

/** Every trial of a run on its backends, some at a time; each is written down as it ends. */
export class Campaign {
  readonly results: TrialResult[] = [];
  planned: readonly TrialSpec[] = [];
  readonly #backends: readonly Backend[];
  readonly #options: FaultOptions;
  readonly #journal: Journal<TrialResult>;
  readonly #onProgress: Progress;
  #trials = 0;

  constructor(
    backends: readonly Backend[],
    options: FaultOptions,
    journal: Journal<TrialResult>,
    onProgress: Progress,
  ) {
    this.#backends = backends;
    this.#options = options;
    this.#journal = journal;
    this.#onProgress = onProgress;
  }

  /** Records which boundaries there are, plans, and runs the plan. */
  async run(): Promise<void> {
    const all = allTrials(await this.#record());
    const { boundary, seed, isAll } = this.#options;
    if (boundary !== undefined) this.planned = all.filter((spec) => isNamed(spec, boundary));
    else this.planned = isAll ? shuffle(all, seed) : sampleTrials(all, seed);
    const done = this.#takeUp();
    const waiting = this.planned.filter((spec) => !done.has(nameOf(spec)));
    await this.#atATime(() => this.#work(waiting));
  }

  /** What an earlier run of this seed has shown already: the names of its trials. */
  #takeUp(): ReadonlySet<string> {
    const reached = this.#journal.done.filter(({ isReached }) => isReached);
    this.results.push(...reached);
    return new Set(reached.map(({ spec }) => nameOf(spec)));
  }

  async #record(): Promise<readonly Recording[]> {
    const recordings: Recording[] = [];
    const cells = [...this.#cells()];
    await this.#atATime(async () => {
      for (let cell = cells.shift(); cell !== undefined; cell = cells.shift()) {
        const { passed } = await this.#attempt({ ...cell, family: 'record', boundary: 'no fault' });
        recordings.push({ cell, passed });
      }
    });
    return recordings;
  }

  #cells(): readonly Cell[] {
    const { queues, stores, changes, seed, isAll, boundary } = this.#options;
    const pairs = queues.flatMap((queue) =>
      // MongoDB holds no jobs.
      stores.filter((store) => store === 'sqlite' || queue === 'redis').map((store) => ({ queue, store })),
    );
    const cells = this.#backends.flatMap(({ name }) =>
      pairs.flatMap((pair) => changes.map((change): Cell => ({ backend: name, ...pair, change }))),
    );
    return isAll || boundary !== undefined ? cells : sampleCells(cells, seed);
  }

  async #atATime(work: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.width }, work));
  }

  async #work(waiting: TrialSpec[]): Promise<void> {
    for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) {
      let result = await this.#attempt(spec);
      for (let attempt = 1; attempt < ATTEMPTS && !result.isReached; attempt += 1) {
        result = await this.#attempt(isLast(attempt) ? firstOccurrence(spec) : spec);
      }
      // By the name of what was planned, also where an earlier occurrence stands in for it.
      this.#journal.append({ ...result, spec });
    }
  }

  async #attempt(spec: TrialSpec): Promise<TrialResult> {
    const backend = this.#backends.find(({ name }) => name === spec.backend);
    if (backend === undefined) throw new Error(`no backend ${spec.backend}`);
    this.#trials += 1;
    const result = await runTrial(spec, backend, `workload-${this.#trials}`);
    this.results.push(result);
    this.#onProgress(result, this.results.length, this.planned.length);
    return result;
  }
}

function nameOf(spec: TrialSpec): string {
  return `${columnOf(spec)} ${spec.change} ${spec.family} ${spec.boundary}`;
}

function isLast(attempt: number): boolean {
  return attempt === ATTEMPTS - 1;
}

function isNamed(spec: TrialSpec, boundary: string): boolean {
  return [spec.boundary, spec.family, rowOf(spec), boundaryNameOf(spec.boundary)].includes(boundary);
}
