import { assertNever, type Evidence, formatObjectRef, type ReplySection } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { sections } from './content.ts';
import { bold, codeSpan, elide, escapeCode, escapeText, fence, formatMoment, split } from './mrkdwn.ts';
import { layOutTable } from './table-text.ts';

const FENCE_CHARACTERS = 8;
/** A page or two of code: more is for a file. */
export const CODE_BLOCKS = 3;
const EVIDENCE_CHARACTERS = 500;

/** One section of a reply as blocks; its code is cut to a page or two where `hasFile` says that a file holds it. */
export function renderSection(section: ReplySection, hasFile = true): readonly KnownBlock[] {
  switch (section.kind) {
    case 'text':
      return sections(withTitle(section.title, section.lines.map(escapeText).join('\n')));
    case 'list':
      return sections(withTitle(section.title, section.items.map(bullet).join('\n')));
    case 'table':
      return [...title(section.title), ...renderTable(section.columns, section.rows)];
    case 'code':
      return [...title(section.title), ...renderCode(section.text, hasFile ? CODE_BLOCKS : undefined)];
    case 'evidence':
      return sections(withTitle(section.title, section.evidence.map(renderEvidence).join('\n')));
    default:
      return assertNever(section);
  }
}

/** Text in fixed-width blocks; what is longer than `maximum` of them is cut, and a line says how much is missing. */
export function renderCode(text: string, maximum?: number): readonly KnownBlock[] {
  if (text.trim() === '') return [];
  const pieces = split(escapeCode(text), SLACK_LIMITS.sectionText - FENCE_CHARACTERS);
  const kept = pieces.slice(0, maximum);
  const missing = pieces.slice(kept.length).join('\n').split('\n').length;
  const note = pieces.length > kept.length ? `${missing} more lines are left out here.` : '';
  return [
    ...kept.map(
      (piece): KnownBlock => ({
        type: 'section',
        text: { type: 'mrkdwn', text: fence(piece), verbatim: true },
      }),
    ),
    ...sections(note),
  ];
}

/** Whether a section shows less than it holds, however many messages it gets. */
export function isCut(section: ReplySection): boolean {
  switch (section.kind) {
    case 'table':
      return layOutTable(section.columns, section.rows).notes.length > 0;
    case 'evidence':
      return section.evidence.some(({ text }) => text.length > EVIDENCE_CHARACTERS);
    default:
      return false;
  }
}

function renderTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly KnownBlock[] {
  const { text, notes } = layOutTable(columns, rows);
  return [...renderCode(text), ...sections(notes.join('\n'))];
}

function bullet(item: string): string {
  return `• ${escapeText(item)}`;
}

function renderEvidence(evidence: Evidence): string {
  const subject = escapeText(formatObjectRef(evidence.ref));
  const text = codeSpan(elide(evidence.text, EVIDENCE_CHARACTERS));
  return `• ${codeSpan(evidence.id)} ${subject}, ${codeSpan(evidence.where)}, ${formatMoment(evidence.observedAt)}: ${text}`;
}

function title(text: string | undefined): readonly KnownBlock[] {
  return text === undefined ? [] : sections(bold(text));
}

function withTitle(text: string | undefined, content: string): string {
  return text === undefined || text.trim() === '' ? content : `${bold(text)}\n${content}`;
}
