import type { ShownMessage } from '@jamie/core';
import { elide, escapeText } from './mrkdwn.ts';
import type { ShownNotes, SlackLayout } from './shown-view.ts';
import { wholePlanFile, wholeReplyFile, wholeTextFile } from './whole-text.ts';

const POINT_CHARACTERS = 2_000;

/**
 * A message without any layout, for when Slack refuses ours: its point as text, and everything else as a file. Pure. It
 * says whose fault that is, and the reference by which the fault is found.
 */
export function layOutPlain(shown: ShownMessage, notes: ShownNotes = {}): SlackLayout {
  const fault = `Slack refused how I laid this message out, so the rest of it is in a file. That is my fault: tell a platform admin, with the reference ${shown.message.id}.`;
  const lines = [
    notes.moved?.mrkdwn ?? '',
    elide(escapeText(pointOf(shown)), POINT_CHARACTERS),
    escapeText(fault),
    ...(notes.files ?? []).map(escapeText),
  ];
  return {
    parts: [{ text: lines.filter((line) => line !== '').join('\n'), blocks: [] }],
    files: [fileOf(shown)],
  };
}

function pointOf({ message, card }: ShownMessage): string {
  if (card !== undefined) {
    const decide = `To decide: /jamie approve ${card.planId} or /jamie deny ${card.planId}`;
    const lines = [
      card.headline,
      card.healing ?? '',
      card.statusLine,
      card.status === 'awaiting_approval' ? decide : '',
    ];
    return lines.filter((line) => line !== '').join('\n');
  }
  return message.body.kind === 'reply' ? message.body.reply.headline : message.body.text;
}

function fileOf({ message, card }: ShownMessage) {
  if (card !== undefined) return wholePlanFile(card);
  return message.body.kind === 'reply'
    ? wholeReplyFile(message.body.reply)
    : wholeTextFile(message.body.text);
}
