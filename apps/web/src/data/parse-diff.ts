/** One line of a unified diff and how it is to be read. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context' | 'place';
  readonly text: string;
}

/**
 * Splits a unified diff into lines. The two file headers say nothing that the headline does not, and are left out;
 * they are recognised only before the first hunk, so that a removed line `-- x` is not taken for one.
 */
export function parseDiff(diff: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let inHunk = false;
  for (const text of diff.replace(/\n$/, '').split('\n')) {
    if (text.startsWith('@@')) inHunk = true;
    if (!inHunk && isFileHeader(text)) continue;
    lines.push({ kind: kindOf(text), text });
  }
  return lines.length === 1 && lines[0]?.text === '' ? [] : lines;
}

function isFileHeader(text: string): boolean {
  return (
    text.startsWith('--- ') || text.startsWith('+++ ') || text.startsWith('===') || text.startsWith('Index: ')
  );
}

function kindOf(text: string): DiffLine['kind'] {
  if (text.startsWith('@@')) return 'place';
  if (text.startsWith('+')) return 'added';
  return text.startsWith('-') ? 'removed' : 'context';
}
