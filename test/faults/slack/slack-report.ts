import { FAMILIES } from './fault-script.ts';
import type { SlackTrialResult } from './run-slack-trial.ts';
import type { Violation } from './trial-judge.ts';

const NAMES = {
  F13: 'F13 Slack sends twice, late, in disorder, and says 429',
  F14: 'F14 sockets end, are refused and are away',
  F15: 'F15 answers are lost, messages and channels gone',
  F20: 'F20 clocks are set',
} as const;

/** One row per family: trials, what people asked for, and what of it did not hold. Markdown. Pure. */
export function tableOfTrials(results: readonly SlackTrialResult[]): string {
  const rows = FAMILIES.map((family) => {
    const of = results.filter((result) => result.family === family);
    const count = (kind: Violation['kind']) =>
      of.flatMap(({ violations }) => violations).filter((violation) => violation.kind === kind).length;
    const cells = [
      of.length,
      sum(of.map(({ faults }) => faults.length)),
      sum(of.map(({ utterances }) => utterances)),
      count('lost'),
      count('doubled'),
      count('silent'),
      count('effect'),
      sum(of.map(({ repeatedPrivately }) => repeatedPrivately)),
    ];
    return `| ${NAMES[family]} | ${cells.join(' | ')} |`;
  });
  return [
    '| Family | trials | faults | answers asked for | lost | doubled | silent | wrong effects | said twice in private |',
    `|---${'|--:'.repeat(8)}|`,
    ...rows,
  ].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
