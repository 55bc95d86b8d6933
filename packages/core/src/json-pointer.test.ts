import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatJsonPointer, parseJsonPointer, readJsonPointer } from './json-pointer.ts';

const tokens = fc.array(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') })));

describe('parseJsonPointer', () => {
  it('reverses formatJsonPointer for any tokens', () => {
    fc.assert(
      fc.property(tokens, (path) => {
        expect(parseJsonPointer(formatJsonPointer(path))).toEqual(path);
      }),
    );
  });

  it('reads ~01 as ~1 and not as a slash', () => {
    expect(parseJsonPointer('/a~01b/c~1d/e~0f')).toEqual(['a~1b', 'c/d', 'e~f']);
  });

  it('takes the empty pointer for the whole document and / for its member without a name', () => {
    expect(parseJsonPointer('')).toEqual([]);
    expect(parseJsonPointer('/')).toEqual(['']);
  });
});

describe('readJsonPointer', () => {
  /** The examples of RFC 6901, section 5. */
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7 };

  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/ ', 7],
  ])('finds %p', (pointer, value) => {
    expect(readJsonPointer(document, pointer)).toEqual(value);
  });

  it.each(['/foo/2', '/foo/bar', '/missing/deeper', '/foo/0/x', '/constructor', '/foo/__proto__'])(
    'has nothing at %p',
    (pointer) => {
      expect(readJsonPointer(document, pointer)).toBeUndefined();
    },
  );

  it('tells a null from nothing', () => {
    expect(readJsonPointer({ a: null }, '/a')).toBeNull();
    expect(readJsonPointer({ a: null }, '/a/b')).toBeUndefined();
  });

  it('reads every member of any document at its own pointer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        for (const [key, value] of Object.entries(members)) {
          expect(readJsonPointer(members, formatJsonPointer([key]))).toBe(value);
        }
      }),
    );
  });
});
