import { redactSecrets } from '@jamie/core';

/** Longest piece of cluster text in a prompt, in characters. */
const MAX_PIECE_CHARACTERS = 400;

/**
 * Text of others for a prompt: redacted, bounded, and between delimiters that it cannot forge, because each piece is
 * one JSON string in which no angle bracket is left as it is.
 */
export function quoteData(pieces: readonly string[]): string {
  return ['<data>', ...pieces.map(quotePiece), '</data>'].join('\n');
}

/** One piece as the model is shown it, before it is quoted. */
export function boundPiece(text: string): string {
  const redacted = redactSecrets(text);
  return redacted.length <= MAX_PIECE_CHARACTERS ? redacted : `${redacted.slice(0, MAX_PIECE_CHARACTERS)}…`;
}

function quotePiece(text: string): string {
  return JSON.stringify(boundPiece(text))
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll(/[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu, '');
}
