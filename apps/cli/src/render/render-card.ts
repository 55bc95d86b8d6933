import type { PlanCard } from '@jamie/core';
import type { Paper } from './render-reply.ts';
import type { Style } from './style.ts';

/** A plan's card as text for people, with the commands that decide it. The card must be clean already. */
export function renderCard(card: PlanCard, { style }: Paper): string {
  const width = Math.max(...card.facts.map(({ label }) => label.length), 0);
  const facts = card.facts.map(({ label, value }) => `${`${label}:`.padEnd(width + 2)}${value}`);
  const blocks = [
    `${style.bold(card.headline)}\n${style.dim(`Plan ${card.planId}`)}  ${card.status}: ${card.statusLine}`,
    card.healing ?? '',
    facts.join('\n'),
    card.diff
      .split('\n')
      .map((line) => paintDiffLine(line, style))
      .join('\n'),
    card.warnings.map((warning) => style.warn(`! ${warning}`)).join('\n'),
    card.votes.map((vote) => `- ${vote}`).join('\n'),
    card.actions.map((action) => `${`${action}:`.padEnd(9)}jamie ${action} ${card.planId}`).join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function paintDiffLine(line: string, style: Style): string {
  if (line.startsWith('+') && !line.startsWith('+++')) return style.good(line);
  if (line.startsWith('-') && !line.startsWith('---')) return style.bad(line);
  return line;
}
