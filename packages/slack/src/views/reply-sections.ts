import { assertNever, type Evidence, formatObjectRef, type ReplySection } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { sections } from './content.ts';
import { bold, codeSpan, elide, escapeCode, escapeText, fence, formatMoment, split } from './mrkdwn.ts';
import { layOutTable } from './table-text.ts';

const FENCE_CHARACTERS = 8;
const CODE_BLOCKS = 3;

/** One section of a reply as blocks. */
export function renderSection(section: ReplySection): readonly KnownBlock[] {
  switch (section.kind) {
    case 'text':
      return sections(withTitle(section.title, section.lines.map(escapeText).join('\n')));
    case 'list':
      return sections(withTitle(section.title, section.items.map(bullet).join('\n')));
    case 'table':
      return [...title(section.title), ...renderTable(section.columns, section.rows)];
    case 'code':
      return [...title(section.title), ...renderCode(section.text)];
    case 'evidence':
      return sections(withTitle(section.title, section.evidence.map(renderEvidence).join('\n')));
    default:
      return assertNever(section);
  }
}

/** Text in fixed-width blocks; very long text is cut, and the last block says how many lines are missing. */
export function renderCode(text: string): readonly KnownBlock[] {
  if (text.trim() === '') return [];
  const pieces = split(escapeCode(text), SLACK_LIMITS.sectionText - FENCE_CHARACTERS);
  const kept = pieces.slice(0, CODE_BLOCKS);
  const missing = pieces.slice(CODE_BLOCKS).join('\n').split('\n').length;
  const note = pieces.length > CODE_BLOCKS ? `${missing} more lines are left out here.` : '';
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
  const text = codeSpan(elide(evidence.text, 500));
  return `• ${codeSpan(evidence.id)} ${subject}, ${codeSpan(evidence.where)}, ${formatMoment(evidence.observedAt)}: ${text}`;
}

function title(text: string | undefined): readonly KnownBlock[] {
  return text === undefined ? [] : sections(bold(text));
}

function withTitle(text: string | undefined, content: string): string {
  return text === undefined || text.trim() === '' ? content : `${bold(text)}\n${content}`;
}
