import { redactSecrets } from '@jamie/core';

/** The longest evidence text, in characters. */
const MAX_TEXT_LENGTH = 300;

// C0 and C1 controls, line separators, and the marks that reorder or hide text on a screen.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Cluster text made fit to show: redacted, one line, no control or direction characters, bounded. */
export function toSingleLine(text: string, maxLength = MAX_TEXT_LENGTH): string {
  // Cut before redacting, so that a huge text costs little; the margin keeps a secret at the cut whole.
  const line = redactSecrets(text.slice(0, maxLength * 8))
    .replace(HIDDEN, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
