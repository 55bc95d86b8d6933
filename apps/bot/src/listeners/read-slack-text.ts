/** In a code block the spaces count: a manifest is made of them. */
const CODE_BLOCK = /(```[\s\S]*?```)/u;

/**
 * What a person typed, from what Slack makes of it: the mention of us is taken out, links show their label, and
 * Slack's entities become characters again. Pure.
 */
export function readSlackText(text: string, botUserId: string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/gu, (mention, userId) => (userId === botUserId ? ' ' : mention))
    .replace(/<(?:https?|mailto):[^>|]*\|([^>]*)>/gu, '$1')
    .replace(/<((?:https?|mailto):[^>|]*)>/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split(CODE_BLOCK)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[ \t]+/gu, ' ')))
    .join('')
    .trim();
}

/** Whether the text mentions us. */
export function mentionsUs(text: string, botUserId: string): boolean {
  return text.includes(`<@${botUserId}>`) || text.includes(`<@${botUserId}|`);
}
