export type AnswerReading =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'invalid'; readonly reason: 'empty' | 'garbage' | 'broken_json' };

const THINKING_TAGS = ['think', 'thinking'] as const;
/** A loop of up to eight characters that fills the end of an answer: what models fall into when they break down. */
const LOOP_AT_END = /(\S[\s\S]{0,7}?)\1{11,}\s*$/;
const LOOKED_AT_CHARACTERS = 200;
const SAME_CHARACTER_ONLY = /^(\S)\1{3,}$/;
/** More than one in ten of these, and the text is no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/g;

/** What a model's raw text is worth: without its thinking, not empty, no garbage, JSON where JSON was asked for. Pure. */
export function readAnswer(raw: string, expectsJson: boolean): AnswerReading {
  const text = withoutThinking(raw).trim();
  if (text === '') return { kind: 'invalid', reason: 'empty' };
  if (isGarbage(text)) return { kind: 'invalid', reason: 'garbage' };
  if (expectsJson && !isJson(text)) return { kind: 'invalid', reason: 'broken_json' };
  return { kind: 'answer', text };
}

/** What follows the thinking. Thinking that never ends leaves nothing; some templates swallow its opening tag. */
function withoutThinking(raw: string): string {
  let text = raw;
  for (const tag of THINKING_TAGS) {
    const end = text.lastIndexOf(`</${tag}>`);
    if (end >= 0) text = text.slice(end + tag.length + 3);
    if (text.trimStart().startsWith(`<${tag}>`)) return '';
  }
  return text;
}

function isGarbage(text: string): boolean {
  const unreadable = text.match(UNREADABLE)?.length ?? 0;
  return (
    SAME_CHARACTER_ONLY.test(text.replaceAll(/\s/g, '')) ||
    LOOP_AT_END.test(text.slice(-LOOKED_AT_CHARACTERS)) ||
    unreadable * 10 > text.length
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
