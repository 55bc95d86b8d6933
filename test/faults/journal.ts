import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every trial of a suite that has ended, one a line, so that a run of this seed can be taken up where it was stopped. */
export class Journal<Result> {
  readonly #path: string;

  /** `name`: of its file in the directory, without the ending. */
  constructor(directory: string, name: string) {
    mkdirSync(directory, { recursive: true });
    this.#path = join(directory, `${name}.jsonl`);
  }

  append(result: Result): void {
    appendFileSync(this.#path, `${JSON.stringify(result)}\n`);
  }

  /** What was written before; a line that a death cut off is left out. */
  read(): readonly Result[] {
    if (!existsSync(this.#path)) return [];
    const text = readFileSync(this.#path, 'utf8');
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Result);
  }
}
