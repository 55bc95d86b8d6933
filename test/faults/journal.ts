import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultOptions } from './options.ts';

/** Every trial of a suite that has ended, one a line. */
export class Journal<Result> {
  /** What earlier runs of this seed have shown. */
  readonly done: readonly Result[];
  readonly #path: string | undefined;

  private constructor(path: string | undefined, done: readonly Result[]) {
    this.#path = path;
    this.done = done;
  }

  /**
   * With `--resume` goes on with what was written; else begins anew. A single trial or boundary that is played again is not
   * written down: it takes nothing back.
   */
  static open<Result>(options: FaultOptions, suite: string): Journal<Result> {
    const { journal: directory, seed, isResumed, trial, boundary } = options;
    if (trial !== undefined || boundary !== undefined) return new Journal<Result>(undefined, []);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `${seed}-${suite}.jsonl`);
    if (!isResumed) rmSync(path, { force: true });
    return new Journal<Result>(path, readLines(path));
  }

  append(result: Result): void {
    if (this.#path !== undefined) appendFileSync(this.#path, `${JSON.stringify(result)}\n`);
  }
}

/** A line that a death cut off is left out. */
function readLines<Result>(path: string): readonly Result[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);
}
