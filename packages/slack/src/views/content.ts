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

const HEAD_BLOCKS = 4;
const FOOT_BLOCKS = 6;

/**
 * Joins the parts within Slack's limits into one message. What does not fit is left out of the body, and the message
 * says so, in `notice` where it is given: over-long messages are refused by Slack as a whole, which would be silence.
 */
export function fitContent(parts: ContentParts, notice?: string): SlackContent {
  const head = parts.head.slice(0, HEAD_BLOCKS);
  const foot = parts.foot.slice(0, FOOT_BLOCKS);
  const room = SLACK_LIMITS.blocksPerMessage - head.length - foot.length - 1;
  let characters = countText([...head, ...foot]);
  const body: KnownBlock[] = [];
  for (const block of parts.body) {
    characters += countText([block]);
    if (body.length >= room || characters > SLACK_LIMITS.messageText) break;
    body.push(block);
  }
  const left = parts.body.length - body.length;
  const said = left === 0 ? [] : contextLine(notice ?? leftOutNotice(left));
  return { text: fallbackText(parts.summary), blocks: [...head, ...body, ...said, ...foot] };
}

/**
 * Joins the parts into as many messages as they need: the head stands in the first, the foot in the last, and no block
 * is cut. Each says which of how many it is.
 */
export function splitContent(parts: ContentParts): readonly SlackContent[] {
  const groups = groupBlocks(parts.head.slice(0, HEAD_BLOCKS), parts.body);
  const last = groups.at(-1) ?? [];
  const foot = parts.foot.slice(0, FOOT_BLOCKS);
  const isRoomForFoot = fits([...last, ...foot]);
  const all = isRoomForFoot ? [...groups.slice(0, -1), [...last, ...foot]] : [...groups, foot];
  if (all.length === 1) return [{ text: fallbackText(parts.summary), blocks: [...all.flat()] }];
  return all.map((blocks, index) => {
    const which = `Part ${index + 1} of ${all.length}`;
    const text = index === 0 ? parts.summary : `${which}: ${parts.summary}`;
    return { text: fallbackText(text), blocks: [...blocks, ...contextLine(which)] };
  });
}

/** Room that each message keeps for saying which part it is. */
const WHICH_PART_CHARACTERS = 20;

function groupBlocks(
  head: readonly KnownBlock[],
  body: readonly KnownBlock[],
): readonly (readonly KnownBlock[])[] {
  const groups: KnownBlock[][] = [[...head]];
  for (const block of body) {
    const group = groups.at(-1) ?? [];
    if (group.length === 0 || fits([...group, block])) group.push(block);
    else groups.push([block]);
  }
  return groups;
}

function fits(blocks: readonly KnownBlock[]): boolean {
  return (
    blocks.length < SLACK_LIMITS.blocksPerMessage &&
    countText(blocks) <= SLACK_LIMITS.messageText - WHICH_PART_CHARACTERS
  );
}

function fallbackText(summary: string): string {
  const text = elide(escapeText(summary).trim(), SLACK_LIMITS.fallbackText);
  return text === '' ? 'Nothing to show' : text;
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
