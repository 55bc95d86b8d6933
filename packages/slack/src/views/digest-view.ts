import type { ShownMessage } from '@jamie/core';
import { type SlackContent, sections } from './content.ts';
import { bold, elide, escapeText } from './mrkdwn.ts';

/** One message of a digest, and the address of the thread that it belongs to. */
export interface DigestEntry {
  readonly shown: ShownMessage;
  readonly link?: string;
}

/** Most messages of one digest: with these lengths they fit into one message of Slack. */
export const MAXIMUM_ENTRIES = 30;
const HEADLINE_CHARACTERS = 150;
const DETAIL_CHARACTERS = 120;

/** Several messages that came at once as one that lists each: how it ended, what it was, and where to look. Pure. */
export function renderDigest(entries: readonly DigestEntry[]): SlackContent {
  const listed = entries.slice(0, MAXIMUM_ENTRIES);
  const failed = listed.filter(({ shown }) => isError(shown)).length;
  const count = `${listed.length} results came in at once`;
  const summary = failed === 0 ? `${count}.` : `${count}; ${failed} of them went wrong.`;
  const worstFirst = listed.toSorted(
    (one, other) => Number(isError(other.shown)) - Number(isError(one.shown)),
  );
  return {
    text: summary,
    blocks: [...sections(bold(summary)), ...sections(worstFirst.map(renderEntry).join('\n'))],
  };
}

function renderEntry({ shown, link }: DigestEntry): string {
  const { headline, detail } = pointOf(shown);
  const where = link === undefined ? '' : ` <${link}|Open its thread>`;
  const said = detail === '' ? '' : ` ${elide(escapeText(detail), DETAIL_CHARACTERS)}`;
  return `• ${isError(shown) ? '*Went wrong:* ' : ''}${elide(escapeText(headline), HEADLINE_CHARACTERS)}${said}${where}`;
}

function pointOf({ message }: ShownMessage): { readonly headline: string; readonly detail: string } {
  if (message.body.kind === 'text') return { headline: oneLine(message.body.text), detail: '' };
  const { reply } = message.body;
  const lines = reply.sections.flatMap((section) => (section.kind === 'text' ? section.lines : []));
  return { headline: oneLine(reply.headline), detail: oneLine(lines.join(' ')) };
}

function isError({ message }: ShownMessage): boolean {
  return message.body.kind === 'reply' && message.body.reply.tone === 'error';
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
