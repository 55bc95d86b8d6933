import { escapeText } from '../views/mrkdwn.ts';

const JOINER = '\u2060';
/** A piece may end in the middle of one of these, and the next piece begin with its rest. */
const MENTION_CUT = /@$/u;
const SCHEME = /:(?=\/|$)/gu;
const WEB_HOST = /\bwww\./giu;
const HEADING = /^(\s*)#/gmu;
const TABLE_OR_RULE = /^(\s*)(?=[-=_|])/gmu;

/**
 * Makes any text safe and literal inside Slack's streaming text, which is Markdown and not mrkdwn: what escapeText does,
 * and no link, image, address, heading, emphasis or code span comes of it either. Pieces stay safe when they are joined.
 */
export function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replaceAll('\\', '＼')
    .replaceAll('*', '∗')
    .replaceAll('`', 'ʼ')
    .replaceAll('~', '∼')
    .replaceAll(']', `]${JOINER}`)
    .replace(MENTION_CUT, `@${JOINER}`)
    .replace(SCHEME, `:${JOINER}`)
    .replace(WEB_HOST, (host) => `${host.slice(0, -1)}${JOINER}.`)
    .replace(HEADING, `$1${JOINER}#`)
    .replace(TABLE_OR_RULE, `$1${JOINER}`);
}
