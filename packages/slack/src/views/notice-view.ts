import { fitContent, type SlackContent, sections } from './content.ts';
import { escapeText, formatLink } from './mrkdwn.ts';

/** Where to look, in words of ours. */
export interface NoticeLink {
  readonly url: string;
  readonly label: string;
}

/** A sentence or two to one person, with where to look. Pure; an address that is none is left out. */
export function renderNotice(text: string, link?: NoticeLink): SlackContent {
  const where = link === undefined ? '' : formatLink(link.url, link.label);
  const body = sections(`${escapeText(text)} ${where}`.trim());
  return fitContent({ summary: text, head: [], body, foot: [] });
}
