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
    .replace(/[ \t]+/gu, ' ')
    .trim();
}

/** Whether the text mentions us. */
export function mentionsUs(text: string, botUserId: string): boolean {
  return text.includes(`<@${botUserId}>`) || text.includes(`<@${botUserId}|`);
}
