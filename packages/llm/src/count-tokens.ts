/** Words, single capitals and digits as the finest tokenisers in use would cut them at most. */
const WORD_PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}/gu;
const LETTERS_PER_TOKEN = 3;
const MESSAGE_OVERHEAD_TOKENS = 8;
/**
 * The pieces that the tokenisers of the Llama, Qwen and GPT families never join: runs of letters, up to three
 * digits, runs of punctuation. Each is at least one token.
 */
const PIECE = /\p{L}+|\p{N}{1,3}|[^\s\p{L}\p{N}]+/gu;
/** SentencePiece models join some punctuation with what stands beside it. */
const SHORTFALL_TOLERANCE = 0.7;

/**
 * A high estimate of the tokens of these texts, each a chat message of its own. No tokeniser is at hand, so it errs
 * towards too many: three letters to a token, every digit and mark one, every byte outside ASCII one.
 */
export function estimateTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateText(text) + MESSAGE_OVERHEAD_TOKENS, 0);
}

/**
 * A count that no tokeniser goes far below. A model that says it evaluated fewer tokens than this was not shown the
 * whole text.
 */
export function fewestTokens(texts: readonly string[]): number {
  const pieces = texts.reduce((sum, text) => sum + (text.match(PIECE)?.length ?? 0), 0);
  return Math.floor(pieces * SHORTFALL_TOLERANCE);
}

function estimateText(text: string): number {
  const words = text.match(WORD_PART) ?? [];
  const ofWords = words.reduce((sum, word) => sum + wordTokens(word), 0);
  const others = text.replaceAll(/\p{L}|(?<=\S) (?=\S)/gu, '');
  return ofWords + Buffer.byteLength(others, 'utf8');
}

function wordTokens(word: string): number {
  const bytes = Buffer.byteLength(word, 'utf8');
  return bytes === word.length ? Math.ceil(word.length / LETTERS_PER_TOKEN) : bytes;
}
