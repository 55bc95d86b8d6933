import { describe, expect, it } from '@jest/globals';
import { countCoverage, isCoveredEnough } from './count-coverage.ts';
import { formatCoverage } from './format-coverage.ts';
import { checksOf } from './known-check.ts';
import { KNOWN_CHECKS } from './known-checks.ts';
import { readLeftOut } from './read-left-out.ts';

const KNOWN = [
  ...checksOf('popeye', [
    ['100', 'image without a tag'],
    ['109', 'CPU near the request'],
    ['1009', 'something else'],
  ]),
  ...checksOf('k8sgpt', [['Pod Evicted', 'evicted pod']]),
];

describe('countCoverage', () => {
  it('tells what is covered, left out with a reason, and neither, by source', () => {
    const leftOut = [{ check: 'popeye 109', reason: 'no usage' }];
    expect(countCoverage(KNOWN, ['popeye 100', 'K8sGPT Pod/Evicted'], leftOut)).toEqual({
      total: 4,
      sources: [
        { source: 'popeye', total: 3, covered: ['popeye 100'], leftOut, missing: ['popeye 1009'] },
        { source: 'k8sgpt', total: 1, covered: ['k8sgpt Pod Evicted'], leftOut: [], missing: [] },
      ],
      unknown: [],
      idleReasons: [],
    });
  });

  it('takes no part of a name for the name', () => {
    const coverage = countCoverage(KNOWN, ['popeye 10', 'k8sgpt Pod'], []);
    expect(coverage.sources.flatMap(({ covered }) => covered)).toEqual([]);
    expect(coverage.unknown).toEqual(['popeye 10', 'k8sgpt Pod']);
  });

  it('counts a check once, however many analyzers name it', () => {
    const [popeye] = countCoverage(KNOWN, ['popeye 100', 'popeye 100'], []).sources;
    expect(popeye?.covered).toEqual(['popeye 100']);
  });

  it('names reasons that nobody needs', () => {
    const leftOut = ['popeye 100', 'popeye 77'].map((check) => ({ check, reason: 'no data' }));
    const coverage = countCoverage(KNOWN, ['popeye 100'], leftOut);
    expect(coverage.idleReasons).toEqual(['popeye 100', 'popeye 77']);
    expect(coverage.sources.flatMap((source) => source.leftOut)).toEqual([]);
  });
});

describe('isCoveredEnough', () => {
  const numbered = checksOf(
    'popeye',
    Array.from({ length: 40 }, (_, index) => [String(index), 'a check'] as const),
  );
  const covering = (count: number) => numbered.slice(0, count).map(({ source, name }) => `${source} ${name}`);

  it('wants all but a twentieth, and takes a reason for no cover', () => {
    expect(isCoveredEnough(countCoverage(numbered, covering(38), []))).toBe(true);
    const leftOut = ['popeye 37', 'popeye 38', 'popeye 39'].map((check) => ({ check, reason: 'no data' }));
    expect(isCoveredEnough(countCoverage(numbered, covering(37), leftOut))).toBe(false);
  });

  it('is not content with nothing', () => {
    expect(isCoveredEnough(countCoverage([], [], []))).toBe(false);
  });
});

describe('readLeftOut', () => {
  it('reads one check and its reason from each line of a list, and passes over the rest', () => {
    expect(readLeftOut('# Left out\n\nWhy.\n\n- popeye 109: usage: not kept\n')).toEqual([
      { check: 'popeye 109', reason: 'usage: not kept' },
    ]);
  });

  it('refuses a check without a reason', () => {
    expect(() => readLeftOut('- popeye 109')).toThrow('"- popeye 109" is not "- check: reason"');
  });
});

describe('formatCoverage', () => {
  it('prints counts and names what is missing', () => {
    const text = formatCoverage(countCoverage(KNOWN, ['popeye 100', 'popeye 109', 'popeye 7'], []));
    expect(text).toContain('popeye            2 of    3 covered, 0 left out, 1 missing');
    expect(text).toContain('2 of    4 covered (50.0 %)');
    expect(text).toContain('missing:\n  popeye 1009\n  k8sgpt Pod Evicted');
    expect(text).toContain('named by an analyzer, but by no list of known checks:\n  popeye 7');
  });
});

describe('KNOWN_CHECKS', () => {
  it('names each check once', () => {
    const names = KNOWN_CHECKS.map(({ source, name }) => `${source} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('holds all 114 coded findings of popeye', () => {
    const codes = KNOWN_CHECKS.filter(({ source }) => source === 'popeye').map(({ name }) => Number(name));
    expect([codes.length, Math.min(...codes), Math.max(...codes)]).toEqual([114, 100, 1_704]);
  });
});
