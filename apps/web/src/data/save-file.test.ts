import { describe, expect, it } from '@jest/globals';
import { countLines } from './save-file.ts';

describe('countLines', () => {
  it.each([
    ['', '0 lines'],
    ['one', 'one line'],
    ['one\n', 'one line'],
    ['one\ntwo', '2 lines'],
    ['\n\n', '2 lines'],
  ])('counts %j as %s', (text, count) => {
    expect(countLines(text)).toBe(count);
  });
});
