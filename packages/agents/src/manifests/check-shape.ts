import { Lexer } from 'yaml';

/** Deeper than any object that people write; the parser calls itself once for each level. */
const MAX_DEPTH = 40;
/** Widest indentation, in spaces: each level of a block takes at least one for every two. */
const MAX_INDENT = 80;
/** Pieces that the parser would have to join: some 5,000 plain lines. */
const MAX_TOKENS = 20_000;

/** Whether a text may be given to the parser, or why not. */
export type ShapeCheck =
  | { readonly kind: 'fit' }
  | { readonly kind: 'unfit'; readonly reason: 'too_deep' | 'too_many_nodes' | 'unknown_escape' };

/**
 * Looks at the pieces of a YAML text one after the other, without recursion, and stops at the first limit. A parser
 * that met the same text would fill its stack or keep everybody waiting.
 */
export function checkShape(text: string): ShapeCheck {
  const depth = { open: 0, dashes: 0 };
  let count = 0;
  for (const token of new Lexer().lex(text)) {
    count += 1;
    if (count > MAX_TOKENS) return { kind: 'unfit', reason: 'too_many_nodes' };
    if (token.startsWith('"') && hasUnknownEscape(token)) return { kind: 'unfit', reason: 'unknown_escape' };
    countDepth(depth, token);
    if (depth.open > MAX_DEPTH || depth.dashes > MAX_DEPTH || isWideIndent(token))
      return { kind: 'unfit', reason: 'too_deep' };
  }
  return { kind: 'fit' };
}

/** Open brackets, and the dashes at the beginning of a line: each is a level. */
function countDepth(depth: { open: number; dashes: number }, token: string): void {
  if (token === '[' || token === '{') depth.open += 1;
  else if (token === ']' || token === '}') depth.open -= 1;
  else if (token === '-' || token === '?') depth.dashes += 1;
  else if (token.includes('\n')) depth.dashes = 0;
}

function isWideIndent(token: string): boolean {
  return token.length > MAX_INDENT && /^[ \t]+$/.test(token);
}

const ESCAPE = /\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[\s\S])/gi;
const SIMPLE_ESCAPES: ReadonlySet<string> = new Set('0abtnvfre "/\\N_LP\n\r\t');

/** The parser would make an error of every one of them. */
function hasUnknownEscape(token: string): boolean {
  return [...token.matchAll(ESCAPE)].some(([, said = '']) => said.length === 1 && !SIMPLE_ESCAPES.has(said));
}
