import { REDACTED, redactSecrets } from '@jamie/core';

const MAX_LENGTH = 500;
/** Read no further: the text is cut to its first 500 characters anyway. */
const MAX_READ = 64 * 1024;

/** A 422 to a patch prints the whole object, environment values included; the object may be escaped JSON itself. */
const EMBEDDED_OBJECTS: readonly (readonly [RegExp, string])[] = [
  [/Invalid value: "(?:\\.|[^"\\])*[{[](?:\\.|[^"\\])*"/g, 'Invalid value: (object left out)'],
  [/\{\s*\\*"[\s\S]*$/, '(object left out)'],
];

/** A stored value that an error quotes has no name beside it: random letters and digits are taken for a secret. */
const RANDOM_VALUE = /\b(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{32,}={0,2}/g;

/** Text of the API server made fit to show: no embedded objects, no secret-looking values, at most 500 characters. */
export function redactApiText(text: string): string {
  let shown = text.slice(0, MAX_READ);
  for (const [pattern, replacement] of EMBEDDED_OBJECTS) shown = shown.replace(pattern, replacement);
  shown = redactSecrets(shown).replace(RANDOM_VALUE, REDACTED);
  return shown.length <= MAX_LENGTH ? shown : `${shown.slice(0, MAX_LENGTH)}…`;
}
