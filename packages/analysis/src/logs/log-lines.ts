import { weighLogLine } from './log-weight.ts';

/** What a log says, counted. */
export interface LogSummary {
  readonly lines: number;
  /** How many look like errors. */
  readonly errors: number;
  /** The last that does; undefined when none does. */
  readonly lastError?: string;
}

/** Counts the lines that look like errors. The lines are clean already. */
export function summariseLog(lines: readonly string[]): LogSummary {
  const errors = lines.filter((line) => weighLogLine(line) >= 2);
  const lastError = errors.at(-1);
  return { lines: lines.length, errors: errors.length, ...(lastError !== undefined && { lastError }) };
}

/** The lines that hold a text, whatever the case, and marks where others were left out. */
export interface LogMatches {
  readonly matches: number;
  /** Matching lines in their order; a mark such as `… 12 lines …` stands where lines between two of them are left out. */
  readonly lines: readonly string[];
}

/** Searches lines for plain text. */
export function grepLog(lines: readonly string[], text: string): LogMatches {
  const wanted = text.toLowerCase();
  const found: string[] = [];
  let matches = 0;
  let skipped = 0;
  for (const line of lines) {
    if (!line.toLowerCase().includes(wanted)) {
      skipped += 1;
      continue;
    }
    if (skipped > 0 && matches > 0) found.push(`… ${skipped} ${skipped === 1 ? 'line' : 'lines'} …`);
    skipped = 0;
    matches += 1;
    found.push(line);
  }
  return { matches, lines: found };
}

/** The end of a log as a message can hold it. */
export interface LogTail {
  readonly lines: readonly string[];
  /** Whether it is everything, word for word. */
  readonly isWhole: boolean;
}

/** The longest line in a message, in characters; the file keeps it whole. */
const MAX_LINE_LENGTH = 400;

/** The last lines that fit into a number of lines and characters, very long ones elided. */
export function tailLog(lines: readonly string[], maxLines: number, maxCharacters: number): LogTail {
  const taken: string[] = [];
  let characters = 0;
  for (const line of lines.slice(-maxLines).toReversed()) {
    const shown = elideLine(line);
    if (taken.length > 0 && characters + shown.length + 1 > maxCharacters) break;
    characters += shown.length + 1;
    taken.push(shown);
  }
  const isWhole = taken.length === lines.length && lines.every((line) => line.length <= MAX_LINE_LENGTH);
  return { lines: taken.toReversed(), isWhole };
}

function elideLine(line: string): string {
  if (line.length <= MAX_LINE_LENGTH) return line;
  const kept = line.slice(0, MAX_LINE_LENGTH - 40).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${line.length - kept.length} more characters)`;
}
