import { redactKeyBodies } from './redact-key-bodies.ts';

/** What a secret is replaced by. */
export const REDACTED = '[redacted]';

interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

const KEYWORD =
  '(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|client[_-]?secret|credentials?|auth[_-]?key|signing[_-]?key|encryption[_-]?key|connection[_-]?string)';

/**
 * Every pattern is linear: no nested quantifiers over overlapping classes, each repetition bounded, because log
 * text is written by others.
 */
const RULES: readonly Rule[] = [
  // A whole PEM block, also one that the end of the text cuts off; where the end is nowhere near, what a key can fill.
  {
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[\s\S]{0,20000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)|[\s\S]{0,8000})/g,
    replacement: REDACTED,
  },
  // JSON Web Tokens: three base64url parts, the first an object.
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, replacement: REDACTED },
  { pattern: /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g, replacement: REDACTED },
  { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g, replacement: REDACTED },
  { pattern: /\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, replacement: REDACTED },
  {
    pattern: /\bhooks\.slack\.com\/([a-z]{1,20})\/[\w/-]{8,}/g,
    replacement: `hooks.slack.com/$1/${REDACTED}`,
  },
  {
    pattern: /\b(?:sk|rk|pk)[-_](?:live|test|proj|ant)[-_][\w-]{10,}|\bsk-[A-Za-z0-9]{20,}/g,
    replacement: REDACTED,
  },
  { pattern: /\bAIza[\w-]{35}/g, replacement: REDACTED },
  {
    pattern: /\b(?:npm_[A-Za-z0-9]{30,}|hvs\.[\w-]{20,}|dop_v1_[a-f0-9]{40,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
    replacement: REDACTED,
  },
  // user:password@host; the user stays because it helps to find the account. What follows a colon and goes on with
  // a slash is a port.
  {
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,128}):(?!\d{1,5}[/?#])[^\s@"'<>]{1,256}(?=@)/gi,
    replacement: `$1:${REDACTED}`,
  },
  { pattern: /\b(bearer|basic)\s+(?!realm\b|auth|token\b)[\w+/.~=-]{8,}/gi, replacement: `$1 ${REDACTED}` },
  {
    pattern:
      /\b((?:proxy-)?authorization|x-api-key|cookie|set-cookie)(["']?\s{0,3}[:=]\s{0,3}["']?)(?!(?:bearer|basic)\s)[^\s"'][^\r\n"']{0,512}/gi,
    replacement: `$1$2${REDACTED}`,
  },
  // --password value, as command lines have it.
  {
    pattern: new RegExp(
      `(--?[a-z-]{0,40}?${KEYWORD}\\s{1,3}["']?)(?!-|\\[redacted\\])[^\\s"'\\u0060]{4,512}`,
      'gi',
    ),
    replacement: `$1${REDACTED}`,
  },
  // key="a value", {"password": "a value"}: quoted, so the value may hold spaces.
  {
    pattern: new RegExp(
      `((?:\\b|_|(?<=[a-z0-9]))${KEYWORD}\\\\?["']?\\s{0,3}[:=]\\s{0,3})(\\\\?["'])(?!\\[redacted\\])[^"'\\r\\n]{1,512}?\\2`,
      'gi',
    ),
    replacement: `$1$2${REDACTED}$2`,
  },
  // key=value, key: value: one word. A value that starts like a sentence's next word is left alone after a colon.
  {
    pattern: new RegExp(
      `((?:\\b|_|(?<=[a-z0-9]))${KEYWORD}=)(?!\\[redacted\\])[^\\s"',;&)}\\]]{1,512}`,
      'gi',
    ),
    replacement: `$1${REDACTED}`,
  },
  {
    pattern: new RegExp(
      `((?:\\b|_|(?<=[a-z0-9]))${KEYWORD}:\\s{0,3})(?!\\[redacted\\])(?=[^\\s"',;]{0,200}[\\d!@#$%^&*+/=])[^\\s"',;&)}\\]]{6,512}`,
      'gi',
    ),
    replacement: `$1${REDACTED}`,
  },
];

/**
 * Replaces what looks like a credential by `[redacted]`: private keys, JSON Web Tokens, vendor tokens, passwords in
 * URLs, authorization headers, and values of keys named like secrets. Idempotent. It errs towards keeping ordinary
 * text: a word after "token" in a sentence stays.
 */
export function redactSecrets(text: string): string {
  const redacted = RULES.reduce((shown, rule) => shown.replace(rule.pattern, rule.replacement), text);
  return redactKeyBodies(redacted, REDACTED);
}
