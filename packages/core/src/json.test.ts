import { describe, expect, it } from '@jest/globals';
import { isJsonObject } from './json.ts';

describe('isJsonObject', () => {
  it.each(['{}', '{"a":[]}'])('takes %s', (text) => {
    expect(isJsonObject(JSON.parse(text))).toBe(true);
  });

  it.each(['null', '[]', '[{}]', '"{}"', '0', 'true'])('does not take %s', (text) => {
    expect(isJsonObject(JSON.parse(text))).toBe(false);
  });

  it('does not take what is missing', () => {
    expect(isJsonObject(undefined)).toBe(false);
  });
});
