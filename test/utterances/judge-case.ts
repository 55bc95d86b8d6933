import { COMMANDS, type Intent, type ParsedText } from '@jamie/agents/grammar';
import { isSameEffect, isSameIntent } from './comparable-intent.ts';
import { readLabel } from './read-label.ts';
import { commandsOf, mayAsk, type UtteranceCase } from './utterance-case.ts';

/** `harm` names what must never happen; `different` is a miss that does no harm. */
export type Verdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'different' }
  | { readonly kind: 'harm'; readonly reason: Harm };

/**
 * `question_to_write`: a write came of something that asks for none. `wrong_target`: a write of another object,
 * namespace, cluster, amount or revision, or another write. `lost_qualifier`: a write came of a sentence that must be
 * answered by a question.
 */
export type Harm = 'question_to_write' | 'wrong_target' | 'lost_qualifier';
export const HARMS: readonly Harm[] = ['question_to_write', 'wrong_target', 'lost_qualifier'];

/** Everything but what only looks; a plan changes nothing yet, but is the beginning of a change. */
const WRITES: ReadonlySet<Intent['kind']> = new Set([
  'use',
  ...COMMANDS.filter(({ tier }) => tier !== 'read' && tier !== 'settings').map(({ name }) => name),
]);

/** The intent, when it would change something. */
export function findWrite(parsed: ParsedText): Intent | undefined {
  return parsed.kind === 'intent' && WRITES.has(parsed.intent.kind) ? parsed.intent : undefined;
}

/** Whether the label allows no write at all. */
export function isHarmless(utterance: UtteranceCase): boolean {
  return commandsOf(utterance).every((command) => !WRITES.has(readLabel(command).kind));
}

/** Compares what was understood with the label. */
export function judgeCase(utterance: UtteranceCase, parsed: ParsedText): Verdict {
  const labels = commandsOf(utterance).map(readLabel);
  if (isRight(parsed, labels, mayAsk(utterance))) return { kind: 'right' };
  const write = findWrite(parsed);
  if (write === undefined) return { kind: 'different' };
  if ('asks' in utterance) return { kind: 'harm', reason: 'lost_qualifier' };
  if (labels.every((label) => !WRITES.has(label.kind))) return { kind: 'harm', reason: 'question_to_write' };
  return labels.some((label) => isSameEffect(label, write))
    ? { kind: 'different' }
    : { kind: 'harm', reason: 'wrong_target' };
}

function isRight(parsed: ParsedText, labels: readonly Intent[], isAskRight: boolean): boolean {
  return parsed.kind === 'intent' ? labels.some((label) => isSameIntent(label, parsed.intent)) : isAskRight;
}
