import { redactSecrets } from '@jamie/core';
import { toSingleLine } from '../evidence/cluster-text.ts';
import { type LogWeight, weighLogLine } from './log-weight.ts';
import { isStackFrame } from './stack-frames.ts';

export interface PickOptions {
  /** Default 10. */
  readonly maxLines?: number;
  /** In characters; default 240. */
  readonly maxLineLength?: number;
}

export interface WeighedLine {
  readonly text: string;
  readonly weight: LogWeight;
}

// The end of a log is what matters; more than this is not read at all.
const MAX_CHARACTERS = 256 * 1024;
// The last words before the end, whatever they are.
const LAST_LINES = 3;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character.
const COLOURS = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;

/**
 * The lines of a log that say why a program failed, in their order: fatal and error lines, heads of stack traces
 * without their frames, and the last words. Secrets are redacted before anything else; repeated lines appear once,
 * their latest; the result is bounded.
 */
export function pickLogLines(text: string, options: PickOptions = {}): readonly string[] {
  return weighLogLines(text, options).map((line) => line.text);
}

/** Like pickLogLines, with the weight of each line. */
export function weighLogLines(text: string, options: PickOptions = {}): readonly WeighedLine[] {
  const { maxLines = 10, maxLineLength = 240 } = options;
  const lines = readLines(text).map((line, position) => ({ line, position, weight: weighLogLine(line) }));
  const lastPosition = lines.length - LAST_LINES;
  const worthwhile = latestOfAlike(
    lines.filter((entry) => entry.weight >= 2 || entry.position >= lastPosition),
  );
  return worthwhile
    .sort((left, right) => right.weight - left.weight || right.position - left.position)
    .slice(0, maxLines)
    .sort((left, right) => left.position - right.position)
    .map(({ line, weight }) => ({ text: toSingleLine(line, maxLineLength), weight }));
}

function readLines(text: string): readonly string[] {
  return redactSecrets(text.slice(-MAX_CHARACTERS))
    .replace(COLOURS, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '' && !isStackFrame(line));
}

interface Candidate {
  readonly line: string;
  readonly position: number;
  readonly weight: LogWeight;
}

/** Lines that differ only in numbers and times are the same message. */
function latestOfAlike(candidates: readonly Candidate[]): Candidate[] {
  const byShape = new Map(
    candidates.map((entry) => [entry.line.replace(/[0-9a-f-]*\d[0-9a-f:.-]*/gi, '#'), entry]),
  );
  return [...byShape.values()];
}
