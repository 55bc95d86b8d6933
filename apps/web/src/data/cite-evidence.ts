/** A stretch of text, or a reference to the evidence with this number (counted from 1 within its reply). */
export type CitedPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'citation'; readonly number: number };

/**
 * Finds the evidence ids that a sentence cites as `[id]` or `[id, id]`, in the order of `evidenceIds`. Brackets
 * that name anything else stay text: cluster text is full of brackets.
 */
export function citeEvidence(sentence: string, evidenceIds: readonly string[]): readonly CitedPart[] {
  const parts: CitedPart[] = [];
  let plainFrom = 0;
  for (const match of sentence.matchAll(/\[([^[\]]+)\]/g)) {
    const numbers = numbersOf(match[1] ?? '', evidenceIds);
    if (numbers === undefined) continue;
    // The number stands close to the word that it belongs to.
    const before = sentence.slice(plainFrom, match.index).trimEnd();
    if (before !== '') parts.push({ kind: 'text', text: before });
    for (const number of numbers) parts.push({ kind: 'citation', number });
    plainFrom = match.index + match[0].length;
  }
  const rest = sentence.slice(plainFrom);
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

function numbersOf(list: string, evidenceIds: readonly string[]): readonly number[] | undefined {
  const numbers = list.split(/[\s,]+/).map((id) => evidenceIds.indexOf(id) + 1);
  return numbers.includes(0) ? undefined : numbers;
}
