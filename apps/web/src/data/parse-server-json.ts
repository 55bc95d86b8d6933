/**
 * Control characters other than tab and line feed, and the marks that turn or hide text: with them a log line or an
 * annotation could make a diff read otherwise than it is. See Unicode Technical Report 36, section 2.
 */
const DECEPTIVE =
  /[^\P{Cc}\t\n]|[\u061C\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/**
 * Reads what the server sent; undefined where it is not JSON. Every text in it shows its deceptive characters as
 * `⟨U+202E⟩`: this is the one door through which cluster text enters the page.
 */
export function parseServerJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? reveal(value) : value));
  } catch {
    return undefined;
  }
}

function reveal(text: string): string {
  return text.replace(DECEPTIVE, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${hex}⟩`;
  });
}
