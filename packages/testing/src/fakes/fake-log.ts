import { type LogQuery, OpsError } from '@jamie/core';

interface Line {
  readonly at: number;
  readonly text: string;
}

/** What one container wrote in one life, and goes on writing. */
export class FakeLog {
  readonly #now: () => number;
  #lines: Line[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Everything that was written. */
  get text(): string {
    return format(this.#lines, false);
  }

  /** Replaces everything by these lines, all written `agoMs` ago. */
  replace(text: string, agoMs = 0): void {
    this.#lines = linesOf(text, this.#now() - agoMs);
  }

  /** Adds lines, written now. */
  write(text: string): void {
    this.#lines.push(...linesOf(text, this.#now()));
  }

  read(query: LogQuery): string {
    return cut(format(this.#asked(query), query.timestamps === true), query.limitBytes);
  }

  #asked({ sinceSeconds, tailLines }: LogQuery): readonly Line[] {
    const since = sinceSeconds === undefined ? 0 : this.#now() - sinceSeconds * 1_000;
    return this.#lines.filter(({ at }) => at >= since).slice(-tailLines);
  }
}

/** Throws `invalid_input` for bounds that a log cannot have. */
export function checkLogBounds({ tailLines, limitBytes, sinceSeconds = 1 }: LogQuery): void {
  if ([tailLines, limitBytes, sinceSeconds].every((bound) => Number.isSafeInteger(bound) && bound > 0))
    return;
  throw new OpsError('invalid_input', 'the log cannot be asked for like this');
}

function linesOf(text: string, at: number): Line[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => ({ at, text: line }));
}

function format(lines: readonly Line[], withTimes: boolean): string {
  return lines
    .map(({ at, text }) => `${withTimes ? `${new Date(at).toISOString()} ` : ''}${text}\n`)
    .join('');
}

/** At most this many bytes, never half a character. */
function cut(text: string, limitBytes: number): string {
  let end = Math.min(text.length, limitBytes);
  while (Buffer.byteLength(text.slice(0, end)) > limitBytes) end -= 1;
  return text.slice(0, end);
}
