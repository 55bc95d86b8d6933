import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { elide, escapeText, split } from './mrkdwn.ts';

/** What chat.postMessage and chat.update take: blocks, and a text that carries the point without them. */
export interface SlackContent {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Parts of a message by how dear they are: the foot (buttons, references) is always kept, the body may be cut. */
export interface ContentParts {
  /** Plain, not yet escaped. */
  readonly summary: string;
  readonly head: readonly KnownBlock[];
  readonly body: readonly KnownBlock[];
  readonly foot: readonly KnownBlock[];
}

/** Sections of mrkdwn that is escaped already; as many as its length needs, none when it is blank. */
export function sections(mrkdwn: string): readonly KnownBlock[] {
  return split(mrkdwn, SLACK_LIMITS.sectionText)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
}

/** One small grey line of mrkdwn that is escaped already. */
export function contextLine(mrkdwn: string): readonly KnownBlock[] {
  if (mrkdwn.trim() === '') return [];
  return [
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: elide(mrkdwn, SLACK_LIMITS.sectionText), verbatim: true }],
    },
  ];
}

/**
 * Joins the parts within Slack's limits. What does not fit is left out of the body, and the message says so:
 * over-long messages are refused by Slack as a whole, which would be silence.
 */
export function fitContent(parts: ContentParts): SlackContent {
  const head = parts.head.slice(0, 4);
  const foot = parts.foot.slice(0, 6);
  const room = SLACK_LIMITS.blocksPerMessage - head.length - foot.length - 1;
  let characters = countText([...head, ...foot]);
  const body: KnownBlock[] = [];
  for (const block of parts.body) {
    characters += countText([block]);
    if (body.length >= room || characters > SLACK_LIMITS.messageText) break;
    body.push(block);
  }
  const left = parts.body.length - body.length;
  const notice = left === 0 ? [] : contextLine(leftOutNotice(left));
  const text = elide(escapeText(parts.summary).trim(), SLACK_LIMITS.fallbackText);
  return { text: text === '' ? 'Nothing to show' : text, blocks: [...head, ...body, ...notice, ...foot] };
}

function leftOutNotice(left: number): string {
  const parts = left === 1 ? 'One more part does' : `${left} more parts do`;
  return `${parts} not fit into a Slack message. Ask for a narrower scope to see the rest.`;
}

/** What Slack counts: the characters of every text, wherever it stands in a block. */
function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countText(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : countText(item)),
    0,
  );
}
