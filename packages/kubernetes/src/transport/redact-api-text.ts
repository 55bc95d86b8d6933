const MAX_LENGTH = 500;

/**
 * API error texts quote what was sent or stored: a 422 to a patch prints the whole object, environment values
 * included. Embedded JSON goes first, then whatever looks like a credential, then length.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/Invalid value: "(?:\\.|[^"\\])*[{[](?:\\.|[^"\\])*"/g, 'Invalid value: (object left out)'],
  [/\{\s*\\*"[\s\S]*$/, '(object left out)'],
  [/-----BEGIN [\s\S]*?(?:-----END [A-Z ]+-----|$)/g, '[redacted]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [redacted]'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[redacted]'],
  [
    /((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)\s*[=:]\s*)("[^"]*"|'[^']*'|\S+)/gi,
    '$1[redacted]',
  ],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\b(?:ghp|gho|ghs|glpat|xox[abprs])[_-][\w-]{10,}/g, '[redacted]'],
  [/:\/\/[^\s/:@]+:[^\s/@]+@/g, '://[redacted]@'],
  [/\b(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{32,}={0,2}/g, '[redacted]'],
];

/** Text of the API server made fit to show: no embedded objects, no secret-looking values, at most 500 characters. */
export function redactApiText(text: string): string {
  let shown = text.slice(0, 64 * 1024);
  for (const [pattern, replacement] of RULES) shown = shown.replace(pattern, replacement);
  return shown.length <= MAX_LENGTH ? shown : `${shown.slice(0, MAX_LENGTH)}…`;
}
