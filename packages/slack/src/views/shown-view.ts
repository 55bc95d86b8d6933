import type { PlanCard, Reply, ReplyFile, ShownMessage } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import {
  type ContentParts,
  contextLine,
  fitContent,
  type SlackContent,
  sections,
  splitContent,
} from './content.ts';
import type { FeedbackStyle } from './feedback-view.ts';
import { codeSpan, escapeText } from './mrkdwn.ts';
import { planCardParts } from './plan-card-view.ts';
import { isCut } from './reply-sections.ts';
import { replyParts, textParts } from './reply-view.ts';
import { shownExtras } from './shown-extras.ts';
import { wholePlanFile, wholeReplyFile, wholeTextFile } from './whole-text.ts';

/** What people have to know besides the message itself. */
export interface ShownNotes {
  /** Which of its files could not be attached, and why. */
  readonly files?: readonly string[];
  /** Why it stands here and not where it was asked: mrkdwn for its first line, and the same as plain text. */
  readonly moved?: { readonly mrkdwn: string; readonly plain: string };
  /** How the workspace takes the question whether an answer helped. Default: with Slack's own thumbs. */
  readonly feedback?: FeedbackStyle;
}

/** A message as it stands in Slack: one post or a few, and the files that follow it. */
export interface SlackLayout {
  /** At least one. */
  readonly parts: readonly SlackContent[];
  readonly files: readonly ReplyFile[];
}

/**
 * More messages than these push everything else out of a small screen: then the beginning stands in the thread, and the
 * whole is a file, which a phone opens and a search finds.
 */
const MAXIMUM_PARTS = 3;

/**
 * A message as it is to be shown now: the live card where it shows a plan, otherwise its reply or text. Pure. Nothing is
 * lost: what is too long for one message goes on in another, and what is too long for three is a file.
 */
export function layOutShown(shown: ShownMessage, notes: ShownNotes = {}): SlackLayout {
  const { message, card } = shown;
  const extras = shownExtras(shown, notes.feedback ?? 'native');
  if (card !== undefined) return layOutCard(card, notes, extras);
  if (message.body.kind === 'reply') {
    const { reply } = message.body;
    const partsOf = (given: Reply) => moved(replyParts(given, message.id, notes.files ?? []), notes);
    return layOutReply(reply, (given) => above(extras, partsOf(given)));
  }
  return layOutText(message.body.text, notes);
}

function layOutReply(reply: Reply, partsOf: (reply: Reply) => ContentParts): SlackLayout {
  const files = reply.files ?? [];
  // A reply that still grows changes every few seconds: its file comes at the end.
  if (reply.followingUntil !== undefined) return { parts: [fitContent(partsOf(reply))], files };
  const parts = splitContent(partsOf(reply));
  const isWhole = files.length > 0 || !reply.sections.some(isCut);
  if (isWhole && parts.length <= MAXIMUM_PARTS) return { parts, files };
  const whole = wholeReplyFile(reply);
  const filed = { ...reply, files: [...files, whole] };
  return { parts: [fitContent(partsOf(filed), beginningOnly(whole))], files: filed.files };
}

/** A card is one message, because its buttons are one decision. */
function layOutCard(card: PlanCard, notes: ShownNotes, extras: readonly KnownBlock[]): SlackLayout {
  const parts = splitContent(above(extras, moved(planCardParts(card, Number.POSITIVE_INFINITY), notes)));
  if (parts.length === 1) return { parts, files: [] };
  const whole = wholePlanFile(card);
  const fitting = above(extras, moved(planCardParts(card), notes));
  const foot = [...contextLine(fileNote(whole, notes)), ...fitting.foot];
  return { parts: [fitContent({ ...fitting, foot }, beginningOnly(whole))], files: [whole] };
}

function layOutText(text: string, notes: ShownNotes): SlackLayout {
  const given = moved(textParts(text), notes);
  const parts = splitContent(given);
  if (parts.length <= MAXIMUM_PARTS) return { parts, files: [] };
  const whole = wholeTextFile(text);
  const foot = contextLine(fileNote(whole, notes));
  return { parts: [fitContent({ ...given, foot }, beginningOnly(whole))], files: [whole] };
}

function fileNote({ name }: ReplyFile, { files = [] }: ShownNotes): string {
  return files.length === 0
    ? `In full as a file in this thread: ${codeSpan(name)}`
    : files.map(escapeText).join('\n');
}

function beginningOnly({ name }: ReplyFile): string {
  return `This is the beginning. The whole is in ${codeSpan(name)} in this thread.`;
}

function moved(parts: ContentParts, { moved: note }: ShownNotes): ContentParts {
  if (note === undefined) return parts;
  return {
    ...parts,
    summary: `${note.plain} ${parts.summary}`,
    head: [...sections(note.mrkdwn), ...parts.head],
  };
}

/** With more at its foot. */
function above(extras: readonly KnownBlock[], parts: ContentParts): ContentParts {
  return { ...parts, foot: [...parts.foot, ...extras] };
}
