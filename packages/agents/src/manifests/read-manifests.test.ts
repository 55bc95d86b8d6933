import { REDACTED } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readManifests } from './read-manifests.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('a manifest', () => {
  it('is read document by document, empty ones left out', () => {
    expect(readManifests(`---\n${CONFIG}---\n${CONFIG.replace('a\n', 'b\n')}---\n`)).toMatchObject({
      kind: 'read',
      manifests: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
    });
  });

  it('is read as kubectl reads it: octal numbers, but neither dates nor times', () => {
    const text = `${CONFIG}data:\n  mode: 0400\n  day: 2026-01-02\n  at: 12:30\n  isOn: yes\n`;
    expect(readManifests(text)).toMatchObject({
      manifests: [{ data: { mode: 256, day: '2026-01-02', at: '12:30', isOn: true } }],
    });
  });

  it('may be JSON', () => {
    const text = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}';
    expect(readManifests(text)).toMatchObject({ kind: 'read' });
  });

  it.each([
    ['nothing', '---\n', /is empty/],
    ['no object', '- 1\n', /is no object/],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: {}\n', /has no metadata.name/],
    ['a syntax error', `${CONFIG}data: [1\n`, /cannot be read: line \d+/],
    ['a key twice', `${CONFIG}kind: Pod\n`, /keys must be unique/],
    ['an anchor', `${CONFIG}data: &x {}\n`, /anchor/],
    ['an alias', `${CONFIG}data: *x\n`, /cannot be read|alias/],
    ['a tag', `${CONFIG}data: !!binary aGk=\n`, /tag/],
    ['a poisonous key', `${CONFIG}__proto__:\n  a: 1\n`, /__proto__/],
    ['a poisonous key in JSON', '{"constructor":{}}', /constructor/],
    ['a key that is no text', `${CONFIG}? {a: 1}\n: 2\n`, /key that is no text/],
    ['what was redacted', `${CONFIG}data:\n  password: ${REDACTED}\n`, /Refer to a Secret/],
    ['too many objects', `${CONFIG}---\n`.repeat(21), /at most 20/],
    ['too many bytes', `# ${'é'.repeat(140_000)}`, /at most 262144/],
    ['too many values', `a: [${'1,'.repeat(20_000)}]`, /too many values/],
    ['brackets too deep', `a: ${'['.repeat(100_000)}`, /too deeply/],
    ['dashes too deep', '- '.repeat(100_000), /too deeply/],
    [
      'blocks too deep',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /too deeply/,
    ],
    ['thousands of mistakes', `a: "${'\\x'.repeat(100_000)}"`, /backslash/],
  ])('with %s is refused in words', (_what, text, message) => {
    expect(readManifests(text)).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });

  it('never throws, whatever is sent', () => {
    const piece = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '>',
      '&',
      '*',
      '!',
      '#',
      '? ',
      '%',
      '---\n',
      '\\',
      ',',
      '\t',
      '<<',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(readManifests(pieces.join('')).kind).toMatch(/^(?:read|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});
