import { redactSecrets } from '@jamie/core';

/**
 * Terminal escapes as ECMA-48 spells them: strings (titles, links), control sequences, and the rest. None reaches over
 * the end of its line, so that a log cannot hide what follows.
 */
const ESCAPES: readonly RegExp[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)?/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /\u001b[ -/]{0,8}[0-~]?/g,
];
const LINE_ENDS = /\r\n|\r|\u0085|\u2028|\u2029/g;
/** Controls but tab and line break, and marks that hide text or turn it round. */
const HIDDEN = /[^\P{Cc}\t\n]|\p{Cf}/gu;

/**
 * The lines of a log, fit to show: secrets redacted before anything else, then terminal escapes and hidden characters
 * taken out, then what they had torn apart redacted too. A line break at the end makes no line of its own.
 */
export function cleanLog(text: string): readonly string[] {
  let shown = redactSecrets(text);
  for (const pattern of ESCAPES) shown = shown.replace(pattern, '');
  const lines = redactSecrets(shown.replace(LINE_ENDS, '\n').replace(HIDDEN, '')).split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
