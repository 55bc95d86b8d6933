import type { Reply } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { newLines } from './new-lines.ts';

const log = (...lines: string[]): Reply => ({
  tone: 'answer',
  headline: 'A log.',
  sections: lines.length === 0 ? [] : [{ kind: 'code', text: lines.join('\n') }],
  proposals: [],
});

describe('newLines', () => {
  it.each([
    ['what was added', log('a', 'b', 'c'), log('a', 'b', 'c', 'd', 'e'), ['d', 'e']],
    [
      'what was added, though the beginning has moved out',
      log('a', 'b', 'c', 'd'),
      log('b', 'c', 'd', 'e'),
      ['e'],
    ],
    ['one more line of a short window', log('a', 'b', 'c'), log('b', 'c', 'd'), ['d']],
    ['nothing where nothing was', log('a', 'b'), log('a', 'b'), []],
    ['everything where nothing of before is left', log('a', 'b'), log('x', 'y'), ['x', 'y']],
    ['everything where there was nothing', log(), log('a'), ['a']],
    ['the same line once more', log('a', 'a', 'a'), log('a', 'a', 'a', 'b'), ['b']],
  ])('tells %s', (_what, before, after, expected) => {
    expect(newLines(before, after)).toEqual(expected);
  });
});
