import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDiff } from './parse-diff.ts';

describe('parseDiff', () => {
  it('tells what is added, removed, unchanged and where', () => {
    const lines = parseDiff('--- before\n+++ after\n@@ -1 +1 @@\n spec:\n-  replicas: 3\n+  replicas: 5\n');
    expect(lines.map(({ kind }) => kind)).toEqual(['place', 'context', 'removed', 'added']);
  });

  it('keeps a changed line that looks like a file header', () => {
    const lines = parseDiff('--- before\n+++ after\n@@ -1 +1 @@\n--- x\n+++ y');
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ['place', '@@ -1 +1 @@'],
      ['removed', '--- x'],
      ['added', '+++ y'],
    ]);
  });

  it('has no lines for an empty diff', () => {
    expect(parseDiff('')).toEqual([]);
  });

  it('drops and invents nothing within hunks', () => {
    const line = fc.string().map((text) => ` ${text.replaceAll('\n', '')}`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (body) => {
        const diff = ['@@ -1 +1 @@', ...body].join('\n');
        expect(
          parseDiff(`${diff}\n`)
            .map(({ text }) => text)
            .join('\n'),
        ).toBe(diff);
      }),
    );
  });
});
