const MOST_PARTS = 8;
/** Slack's way of writing an emoji, which is no word. */
const EMOJI_CODE = /:[a-z][a-z0-9_+-]*:/g;

/** Whether somebody said this name: its letters and digits stand in the text as whole words, however divided. */
export function occursIn(text: string, name: string): boolean {
  const wanted = partsOf(name).join('');
  const parts = partsOf(text.replace(EMOJI_CODE, ' '));
  return parts.some((_, start) => startsWithName(parts, start, wanted));
}

function startsWithName(parts: readonly string[], start: number, wanted: string): boolean {
  let said = '';
  for (const part of parts.slice(start, start + MOST_PARTS)) {
    said += part;
    if (said === wanted) return true;
    if (!wanted.startsWith(said)) return false;
  }
  return false;
}

function partsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
