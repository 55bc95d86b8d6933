import type { Reply } from '@jamie/core';

/**
 * The lines of a log that an answer has now and had not before: what follows the longest end of before that is still
 * there. All of them where nothing of before is left. Pure.
 */
export function newLines(before: Reply, after: Reply): readonly string[] {
  const lines = linesOf(after);
  const old = linesOf(before);
  for (let start = 0; start < old.length; start += 1) {
    const rest = linesAfter(lines, old.slice(start));
    if (rest !== undefined) return rest;
  }
  return lines;
}

function linesAfter(lines: readonly string[], known: readonly string[]): readonly string[] | undefined {
  for (let end = lines.length; end >= known.length; end -= 1) {
    if (known.every((line, index) => lines[end - known.length + index] === line)) return lines.slice(end);
  }
  return undefined;
}

function linesOf({ sections }: Reply): readonly string[] {
  return sections.flatMap((section) => (section.kind === 'code' ? section.text.split('\n') : []));
}
