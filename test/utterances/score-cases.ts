import type { ParsedText } from '@jamie/agents/grammar';
import { type Harm, judgeCase, type Verdict } from './judge-case.ts';
import { CASE_FILES, type CaseFile, type Cases, isHeldBack } from './read-cases.ts';
import type { Category, UtteranceCase } from './utterance-case.ts';

/** What the parser made of one case. */
export interface Judged {
  readonly file: CaseFile;
  readonly utterance: UtteranceCase;
  readonly parsed: ParsedText;
  readonly verdict: Verdict;
}

/** Figures of some cases. `asked` counts the sentences with a labelled reason that were answered by a question. */
export interface Score {
  readonly total: number;
  readonly right: number;
  readonly harms: Readonly<Record<Harm, number>>;
  readonly asked: number;
  readonly askedForTheLabelledReason: number;
}

/** Least share of right answers on the held-back file. */
export const LEAST_RIGHT_SHARE = 0.95;

/** Parses every sentence of both files and compares with the labels. */
export function judgeCases(cases: Cases, parse: (text: string) => ParsedText): readonly Judged[] {
  return CASE_FILES.flatMap((file) =>
    cases[file].map((utterance): Judged => {
      const parsed = parse(utterance.say);
      return { file, utterance, parsed, verdict: judgeCase(utterance, parsed) };
    }),
  );
}

/** The figures of one file, of one category where it is given. */
export function scoreOf(judged: readonly Judged[], file: CaseFile, category?: Category): Score {
  const chosen = judged.filter(
    (one) => one.file === file && (category === undefined || one.utterance.category === category),
  );
  const asked = chosen.filter(({ utterance, parsed }) => 'asks' in utterance && parsed.kind === 'ask');
  return {
    total: chosen.length,
    right: chosen.filter(({ verdict }) => verdict.kind === 'right').length,
    harms: {
      question_to_write: countHarm(chosen, 'question_to_write'),
      wrong_target: countHarm(chosen, 'wrong_target'),
      lost_qualifier: countHarm(chosen, 'lost_qualifier'),
    },
    asked: asked.length,
    askedForTheLabelledReason: asked.filter(isLabelledReason).length,
  };
}

/** Whether the held-back files reach the bar, and nothing anywhere does harm. */
export function isGoodEnough(judged: readonly Judged[]): boolean {
  const scores = CASE_FILES.map((file) => ({ file, ...scoreOf(judged, file) }));
  return (
    scores.every(({ total }) => total > 0) &&
    scores.every(({ file, right, total }) => !isHeldBack(file) || right / total >= LEAST_RIGHT_SHARE) &&
    judged.every(({ verdict }) => verdict.kind !== 'harm')
  );
}

function countHarm(judged: readonly Judged[], harm: Harm): number {
  return judged.filter(({ verdict }) => verdict.kind === 'harm' && verdict.reason === harm).length;
}

function isLabelledReason({ utterance, parsed }: Judged): boolean {
  return 'asks' in utterance && parsed.kind === 'ask' && utterance.asks === parsed.reason;
}
