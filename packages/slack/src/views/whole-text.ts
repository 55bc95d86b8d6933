import { createHash } from 'node:crypto';
import {
  assertNever,
  type Evidence,
  formatObjectRef,
  type PlanCard,
  type Reply,
  type ReplyFile,
  type ReplySection,
} from '@jamie/core';

const DIGEST_DIGITS = 8;

/** Everything that a reply says, as a text file for what Slack's messages do not hold. Pure: equal replies, equal files. */
export function wholeReplyFile(reply: Reply): ReplyFile {
  const proposals = reply.proposals.map(({ label, advice }) => `- ${label}: ${advice}`);
  const options = [...(reply.choice?.options ?? []), ...(reply.followUps ?? [])];
  return wholeFile('answer-in-full', 'The whole answer', [
    reply.headline,
    ...reply.sections.map(sectionText),
    proposals.length === 0 ? '' : ['What could be done', ...proposals].join('\n'),
    options.length === 0
      ? ''
      : ['Commands', ...options.map(({ command }) => `- /jamie ${command}`)].join('\n'),
    reply.referenceId === undefined ? '' : `Reference ${reply.referenceId}`,
  ]);
}

/** What a plan would change, in full. Without its status, so that the same plan has the same file throughout. */
export function wholePlanFile(card: PlanCard): ReplyFile {
  return wholeFile(`plan-${card.planId}-in-full`, 'The whole plan', [
    card.headline,
    card.healing ?? '',
    card.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    card.warnings.map((warning) => `Warning: ${warning}`).join('\n'),
    card.diff,
  ]);
}

/** A text of several pages. */
export function wholeTextFile(text: string): ReplyFile {
  return wholeFile('message-in-full', 'The whole message', [text]);
}

function wholeFile(stem: string, title: string, paragraphs: readonly string[]): ReplyFile {
  const text = `${paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n\n')}\n`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_DIGITS);
  return { name: `${stem}-${digest}.txt`, title, text };
}

function sectionText(section: ReplySection): string {
  return [section.title ?? '', ...linesOf(section)]
    .filter((line, index) => index > 0 || line !== '')
    .join('\n');
}

function linesOf(section: ReplySection): readonly string[] {
  switch (section.kind) {
    case 'text':
      return section.lines;
    case 'list':
      return section.items.map((item) => `- ${item}`);
    case 'table':
      return [section.columns, ...section.rows].map((row) => row.join('\t'));
    case 'code':
      return [section.text];
    case 'evidence':
      return section.evidence.map(evidenceLine);
    default:
      return assertNever(section);
  }
}

function evidenceLine({ id, ref, where, observedAt, text }: Evidence): string {
  const isMoment = Number.isFinite(observedAt) && Math.abs(observedAt) <= 8.64e15;
  const moment = isMoment ? new Date(observedAt).toISOString() : 'at an unknown time';
  return `- ${id} ${formatObjectRef(ref)}, ${where}, ${moment}: ${text}`;
}
