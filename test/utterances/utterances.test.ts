import { parseSentence } from '@jamie/agents/grammar';
import { describe, expect, it } from '@jest/globals';
import { FAULTS, fuzz } from './fuzz.ts';
import { HARMS } from './judge-case.ts';
import { CASE_FILES, isHeldBack, readCases } from './read-cases.ts';
import { readWorld } from './read-world.ts';
import { judgeCases, LEAST_RIGHT_SHARE, scoreOf } from './score-cases.ts';

const cases = readCases();
const vocabulary = readWorld();
const parse = (text: string) => parseSentence(text, vocabulary);
const judged = judgeCases(cases, parse);

describe('the labelled sentences', () => {
  it.each(CASE_FILES)('are understood to at least 95 % in the %s file', (file) => {
    const { right, total } = scoreOf(judged, file);
    expect(right / total).toBeGreaterThanOrEqual(LEAST_RIGHT_SHARE);
  });

  it.each(CASE_FILES.flatMap((file) => HARMS.map((harm) => [file, harm] as const)))(
    'of the %s file never end in a %s',
    (file, harm) => {
      expect(scoreOf(judged, file).harms[harm]).toBe(0);
    },
  );
});

describe('a spoilt sentence', () => {
  const report = fuzz(cases, parse, { sentences: 2_000, seed: 4 });

  it('is often a question, and sometimes still a write', () => {
    expect(report.questions).toBeGreaterThan(200);
    expect(report.writes).toBeGreaterThan(50);
  });

  it.each(FAULTS)('never leads to %s', (fault) => {
    const found = report.findings.filter((finding) => finding.fault === fault);
    // The first few: of the held-back files only the count is shown.
    const shown = found.filter(({ file }) => !isHeldBack(file)).slice(0, 3);
    expect(shown.map(({ text, detail }) => ({ text: text.slice(0, 200), detail }))).toEqual([]);
    expect(found.length).toBe(0);
  });
});
