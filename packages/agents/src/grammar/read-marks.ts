import type { CommandWords } from './split-command.ts';

/** Labels or annotations as typed; null takes one away. */
export type Marks = Readonly<Record<string, string | null>>;

export type MarksReading =
  | { readonly kind: 'marks'; readonly words: readonly string[]; readonly marks: Marks }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Reads `deploy/checkout team=payments owner- note="two words"`: what is named, and what is to be set or taken away. */
export function readMarks({ words }: CommandWords): MarksReading {
  const marks: Record<string, string | null> = {};
  const named: string[] = [];
  for (const word of words) {
    const mark = readMark(word);
    if (mark === undefined) named.push(word);
    else if (Object.hasOwn(marks, mark.key))
      return { kind: 'invalid', problem: `"${mark.key}" stands there twice.` };
    else marks[mark.key] = mark.value;
  }
  return { kind: 'marks', words: named, marks };
}

function readMark(word: string): { readonly key: string; readonly value: string | null } | undefined {
  const at = word.indexOf('=');
  if (at > 0) return { key: word.slice(0, at), value: unquoted(word.slice(at + 1)) };
  return word.length > 1 && word.endsWith('-') ? { key: word.slice(0, -1), value: null } : undefined;
}

/** What stands between quotation marks; double ones hold escapes as JSON has them. */
function unquoted(text: string): string {
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // No JSON: the person's backslashes are their own.
    return text.slice(1, -1);
  }
}
