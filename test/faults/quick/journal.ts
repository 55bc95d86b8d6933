import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuickResult } from './family.ts';

/** Every trial that has ended, one a line, so that a run can be taken up where it was stopped. */
export class Journal {
  readonly #path: string;

  /** One file for each seed. */
  constructor(directory: string, seed: number) {
    mkdirSync(directory, { recursive: true });
    this.#path = join(directory, `${seed}.jsonl`);
  }

  append(result: QuickResult): void {
    appendFileSync(this.#path, `${JSON.stringify(result)}\n`);
  }

  /** What was written before; a line that a death cut off is left out. */
  read(): readonly QuickResult[] {
    if (!existsSync(this.#path)) return [];
    const text = readFileSync(this.#path, 'utf8');
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as QuickResult);
  }
}
