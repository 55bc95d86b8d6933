import type { ReplyFile, ReplySection } from '@jamie/core';

/** What of a diff fits into a message; the rest is in a file. */
const SHOWN_CHARACTERS = 2_800;

/** A diff as a section, and as a file too where it is longer than fits. */
export function diffText(
  diff: string,
  stem: string,
): { readonly sections: readonly ReplySection[]; readonly files: readonly ReplyFile[] } {
  if (diff === '') return { sections: [], files: [] };
  if (diff.length <= SHOWN_CHARACTERS) return { sections: [{ kind: 'code', text: diff }], files: [] };
  const shown = diff.slice(0, diff.lastIndexOf('\n', SHOWN_CHARACTERS));
  const [all, part] = [diff, shown].map((text) => text.split('\n').length);
  return {
    sections: [{ kind: 'code', title: `The first ${part} of ${all} lines`, text: shown }],
    files: [{ name: `${stem}.diff`, title: `All ${all} lines`, text: `${diff}\n` }],
  };
}

/** Says what the marks stand for, where there are any. */
export function markNotes(diff: string): readonly string[] {
  return /redacted/.test(diff)
    ? ['What may be secret is replaced by a mark; equal marks stand for equal values.']
    : [];
}
