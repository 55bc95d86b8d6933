const WORD_WITH_SPACE = /\S+\s*|\s+/gu;

/**
 * Cuts text into pieces of at most `maximum`, as `lengthOf` counts, that give the text again when they are joined. Cuts
 * between words; only a word that is longer than a piece is cut itself, between code points. Pure.
 */
export function splitAtWords(
  text: string,
  maximum: number,
  lengthOf: (text: string) => number,
): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of (text.match(WORD_WITH_SPACE) ?? []).flatMap((each) =>
    lengthOf(each) <= maximum ? [each] : [...each],
  )) {
    if (piece !== '' && lengthOf(piece + word) > maximum) {
      pieces.push(piece);
      piece = '';
    }
    piece += word;
  }
  return piece === '' ? pieces : [...pieces, piece];
}
