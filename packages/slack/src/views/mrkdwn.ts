const ENTITY_OR_CHARACTER = /&(?:amp|lt|gt);|[\s\S]/gu;
/** At the beginning of longer words too: cut at the right place they would become one. */
const MASS_MENTION = /@(?=here|channel|everyone|group)/giu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed.
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu;
const BOLD_CHARACTERS = 2_000;
const WORD_JOINER = '\u2060';
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Makes any text safe inside mrkdwn: `&`, `<` and `>` become entities, so that no link, mention or `<!channel>`
 * survives, and `@here` and its kind are broken up. Control and text-direction characters are dropped.
 */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROL_CHARACTERS, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(MASS_MENTION, `@${WORD_JOINER}`);
}

/** A bold line of at most 2,000 characters. Asterisks and line breaks of the text cannot end it. */
export function bold(text: string): string {
  const line = escapeText(text).replaceAll('*', '∗').replace(/\s+/gu, ' ').trim();
  return line === '' ? '' : `*${elide(line, BOLD_CHARACTERS)}*`;
}

/** A literal code span. Backticks and line breaks of the text cannot end it. */
export function codeSpan(text: string): string {
  const line = escapeText(text).replaceAll('`', 'ʼ').replace(/\s+/gu, ' ').trim();
  return line === '' ? '' : `\`${line}\``;
}

/** Escaped text for the inside of a fenced block: it cannot close the fence. */
export function escapeCode(text: string): string {
  return escapeText(text).replace(/`(?=`)/gu, `\`${ZERO_WIDTH_SPACE}`);
}

/** Puts a fence round text that escapeCode has made safe. */
export function fence(escapedCode: string): string {
  return `\`\`\`\n${escapedCode}\n\`\`\``;
}

/** Cuts escaped text to `maximum` characters with an ellipsis, never inside an entity or a code point. */
export function elide(escaped: string, maximum: number): string {
  if (escaped.length <= maximum) return escaped;
  let kept = '';
  for (const token of escaped.match(ENTITY_OR_CHARACTER) ?? []) {
    if (kept.length + token.length > maximum - 1) break;
    kept += token;
  }
  return `${kept}…`;
}

/** Splits escaped text into pieces of at most `maximum` characters, at line ends where there are any. */
export function split(escaped: string, maximum: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of escaped.split('\n').flatMap((text) => splitLine(text, maximum))) {
    if (piece !== '' && piece.length + 1 + line.length > maximum) {
      pieces.push(piece);
      piece = line;
    } else {
      piece = piece === '' ? line : `${piece}\n${line}`;
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}

function splitLine(line: string, maximum: number): readonly string[] {
  if (line.length <= maximum) return [line];
  const pieces: string[] = [];
  let piece = '';
  for (const token of line.match(ENTITY_OR_CHARACTER) ?? []) {
    if (piece.length + token.length > maximum) {
      pieces.push(piece);
      piece = '';
    }
    piece += token;
  }
  return [...pieces, piece];
}

/** A moment in the reader's own time zone, with UTC as fallback. */
export function formatMoment(at: number): string {
  const seconds = Math.floor(at / 1000);
  if (!Number.isSafeInteger(seconds) || Math.abs(at) > 8.64e15) return 'at an unknown time';
  const fallback = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${seconds}^{date_short_pretty} {time}|${fallback}>`;
}

/** What may stand in a link: an address of the web, without what would end the link. */
const ADDRESS = /^https?:\/\/[^\s<>|"'`\\]{1,2000}$/u;

/** A link in mrkdwn; empty where the address is none. The label cannot end the link. */
export function formatLink(url: string, label: string): string {
  if (!ADDRESS.test(url)) return '';
  const address = url.replaceAll('&', '&amp;');
  return `<${address}|${escapeText(label).replaceAll('|', '¦').replace(/\s+/gu, ' ').trim()}>`;
}
