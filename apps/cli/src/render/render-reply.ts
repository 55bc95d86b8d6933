import {
  assertNever,
  formatCommand,
  formatObjectRef,
  type Proposal,
  type Reply,
  type ReplyFile,
  type ReplyOption,
  type ReplySection,
} from '@jamie/core';
import { renderTable } from './render-table.ts';
import type { Style } from './style.ts';

export interface Paper {
  readonly style: Style;
  readonly columns: number;
}

/** An answer as text for people. The reply must be clean already. */
export function renderReply(reply: Reply, paper: Paper): string {
  const { style } = paper;
  const headline = reply.tone === 'answer' ? style.bold(reply.headline) : style.warn(reply.headline);
  const blocks = [headline, ...reply.sections.map((section) => renderSection(section, paper))];
  if (reply.proposals.length > 0) blocks.push(reply.proposals.map(renderProposal).join('\n'));
  blocks.push((reply.files ?? []).map(renderFile).join('\n'));
  blocks.push(renderOptions(reply.choice?.options ?? []));
  blocks.push(renderOptions(reply.followUps ?? []));
  if (reply.referenceId !== undefined) blocks.push(style.dim(`Reference: ${reply.referenceId}`));
  return blocks.filter((block) => block !== '').join('\n\n');
}

function renderSection(section: ReplySection, paper: Paper): string {
  const title = section.title === undefined ? '' : `${paper.style.bold(section.title)}\n`;
  return `${title}${renderContent(section, paper)}`;
}

function renderContent(section: ReplySection, { columns, style }: Paper): string {
  switch (section.kind) {
    case 'text':
      return section.lines.join('\n');
    case 'list':
      return section.items.map((item) => `- ${item}`).join('\n');
    case 'table':
      return renderTable(section.columns, section.rows, columns);
    case 'code':
      return indent(section.text);
    case 'evidence':
      return section.evidence
        .map(({ id, ref, where, text }) => {
          const source = style.dim(`[${id}] ${formatObjectRef(ref)} ${where}`);
          return `${source}\n${indent(text)}`;
        })
        .join('\n');
    default:
      return assertNever(section);
  }
}

function renderProposal(proposal: Proposal): string {
  const command = proposal.operation === undefined ? '' : `\n    jamie ${formatCommand(proposal.operation)}`;
  return `> ${proposal.label}: ${proposal.advice}${command}`;
}

/** What may be asked next, as it is typed. */
function renderOptions(options: readonly ReplyOption[]): string {
  return options.map(({ label, command }) => `> ${label}\n    jamie ${command}`).join('\n');
}

function renderFile({ name, title, text }: ReplyFile): string {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return `${title}: ${lines} lines. Keep them with --output DIR, as ${name}.`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
