/**
 * `npm run detections`: how many of the checks that other tools name are covered by an analyzer, which are left out
 * and why, and which are neither. Exits non-zero when nothing was counted or too much is left out or missing.
 */
import { isCoveredEnough, MOST_LEFT_OUT_SHARE } from './count-coverage.ts';
import { formatCoverage } from './format-coverage.ts';
import { readCoverage } from './read-coverage.ts';

const coverage = readCoverage();
console.log(formatCoverage(coverage));
const isGood = isCoveredEnough(coverage);
console.log(
  isGood
    ? '\ngood'
    : `\nnot good: at most ${100 * MOST_LEFT_OUT_SHARE} % may be left out or missing, and something must be counted`,
);
process.exitCode = isGood ? 0 : 1;
