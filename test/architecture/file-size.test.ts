import { describe, expect, it } from '@jest/globals';
import { isProductCode, listFiles, readFile } from './tracked-files.ts';

const MOST_LINES = 400;
const MEDIAN_LINES = 120;

function countLines(path: string): number {
  return readFile(path).split('\n').length - 1;
}

describe('the size of files', () => {
  it(`is at most ${MOST_LINES} lines, tests included`, () => {
    const tooLong = listFiles((path) => /\.tsx?$/.test(path))
      .map((path) => ({ path, lines: countLines(path) }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(tooLong).toEqual([]);
  });

  it(`is in the middle at most ${MEDIAN_LINES} lines of product code`, () => {
    const lines = listFiles(isProductCode)
      .map(countLines)
      .sort((one, other) => one - other);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES);
  });
});
