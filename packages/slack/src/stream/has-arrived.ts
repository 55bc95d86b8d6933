const ENTITIES = /&(?:amp|lt|gt);/gu;
const NO_LETTER = /[^\p{L}\p{N}]/gu;

/**
 * Whether a message that holds `before` shows `added` too. Compares letters and digits alone, because Slack lays out
 * anew what it was sent. Pure.
 */
export function hasArrived(seen: string, before: string, added: string): boolean {
  const piece = letters(added);
  if (piece === '') return false;
  return countOf(letters(seen), piece) > countOf(letters(before), piece);
}

function letters(text: string): string {
  return text.replace(ENTITIES, '').replace(NO_LETTER, '');
}

function countOf(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) count += 1;
  return count;
}
