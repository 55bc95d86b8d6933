/**
 * `npm run utterances`: how many of the labelled sentences are understood, by category and file, and how often what
 * must never happen did. `--list` shows what was understood wrongly of the tuning file; of the held-back file only
 * counts are ever shown. `--fuzz 10000 --seed 7` also tries spoilt sentences. Exits non-zero below the bar.
 */
import { parseSentence } from '@jamie/agents/grammar';
import { formatFuzz } from './format-fuzz.ts';
import { formatMisses, formatScores } from './format-scores.ts';
import { fuzz } from './fuzz.ts';
import { readOptions } from './options.ts';
import { readCases } from './read-cases.ts';
import { readWorld } from './read-world.ts';
import { isGoodEnough, judgeCases, LEAST_RIGHT_SHARE } from './score-cases.ts';

const options = readOptions(process.argv.slice(2));
const cases = readCases();
const vocabulary = readWorld();
const parse = (text: string) => parseSentence(text, vocabulary);

const judged = judgeCases(cases, parse);
console.log(formatScores(judged));
if (options.isListed) console.log(`\n${formatMisses(judged)}`);

const report = fuzz(cases, parse, { sentences: options.fuzzed, seed: options.seed });
if (options.fuzzed > 0) console.log(`\n${formatFuzz(report, options.seed)}`);

const isGood = isGoodEnough(judged) && report.findings.length === 0;
console.log(
  isGood
    ? '\ngood'
    : `\nnot good: at least ${100 * LEAST_RIGHT_SHARE} % of the held-back sentences must be right, and nothing may do harm`,
);
process.exitCode = isGood ? 0 : 1;
