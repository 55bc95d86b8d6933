import { formatIntent } from '@jamie/agents/grammar';
import { HARMS } from './judge-case.ts';
import { CASE_FILES, type CaseFile, isHeldBack } from './read-cases.ts';
import { type Judged, type Score, scoreOf } from './score-cases.ts';
import { type Category, commandsOf, mayAsk } from './utterance-case.ts';

/** One table for each file: the right ones and what must never happen, by category and in all. */
export function formatScores(judged: readonly Judged[]): string {
  return CASE_FILES.map((file) => formatFile(judged, file)).join('\n\n');
}

/** What was understood wrongly, of the tuning files alone: the others stay unseen by whoever tunes. */
export function formatMisses(judged: readonly Judged[]): string {
  return judged
    .filter(({ file, verdict }) => !isHeldBack(file) && verdict.kind !== 'right')
    .map(formatMiss)
    .join('\n');
}

function formatFile(judged: readonly Judged[], file: CaseFile): string {
  const categories = new Set(judged.map(({ utterance }) => utterance.category));
  const all = scoreOf(judged, file);
  return [
    row([file, 'right', 'of', '%', ...HARMS]),
    ...[...categories].map((category: Category) =>
      row([category, ...figuresOf(scoreOf(judged, file, category))]),
    ),
    row(['all', ...figuresOf(all)]),
    `asked back for the labelled reason: ${all.askedForTheLabelledReason} of ${all.asked}`,
  ].join('\n');
}

function figuresOf({ right, total, harms }: Score): readonly string[] {
  const share = total === 0 ? '-' : ((100 * right) / total).toFixed(1);
  return [right, total, share, ...HARMS.map((harm) => harms[harm])].map(String);
}

function row([first = '', ...figures]: readonly string[]): string {
  return first.padEnd(10) + figures.map((figure, at) => figure.padStart(at < 3 ? 7 : 19)).join('');
}

function formatMiss({ utterance, parsed, verdict }: Judged): string {
  const means = [...commandsOf(utterance), ...(mayAsk(utterance) ? ['a question back'] : [])];
  const understood =
    parsed.kind === 'intent'
      ? formatIntent(parsed.intent)
      : `${parsed.kind}: ${parsed.kind === 'ask' ? `${parsed.reason}: ${parsed.question}` : parsed.message}`;
  const harm = verdict.kind === 'harm' ? ` (${verdict.reason})` : '';
  return `${utterance.id} ${utterance.category}${harm}\n  say        ${utterance.say}\n  means      ${means.join(' | ')}\n  understood ${understood}`;
}
