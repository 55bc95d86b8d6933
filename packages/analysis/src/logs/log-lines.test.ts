import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanLog } from './clean-log.ts';
import { grepLog, summariseLog, tailLog } from './log-lines.ts';

const CANARY = ['c4n4ry', 'Pa55', 'w0rd'].join('');

describe('cleanLog', () => {
  it('gives lines without the break at the end', () => {
    expect(cleanLog('one\ntwo\r\nthree\n')).toEqual(['one', 'two', 'three']);
    expect(cleanLog('')).toEqual([]);
    expect(cleanLog('\n')).toEqual(['']);
  });

  it('takes out colours, titles, links, controls and marks that turn text round', () => {
    expect(
      cleanLog('\u001b[1;31mERROR\u001b[0m \u001b]0;title\u0007done\u0000\b \u202egnp.exe\u200b'),
    ).toEqual(['ERROR done gnp.exe']);
    expect(cleanLog('\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\ \u009b2Jx')).toEqual([
      'click x',
    ]);
  });

  it('never lets an escape swallow the next line', () => {
    expect(cleanLog('\u001b]0;unfinished\nERROR real\n')).toEqual(['', 'ERROR real']);
    expect(cleanLog('\u001bPunfinished\nERROR real\n')).toEqual(['', 'ERROR real']);
  });

  it('shows what a progress bar wrote over itself', () => {
    expect(cleanLog('10%\r20%\rdone\n')).toEqual(['10%', '20%', 'done']);
  });

  it.each([
    `password=${CANARY}`,
    `pass\u001b[31mword=${CANARY}`,
    `pass\u200bword=${CANARY}`,
    `Bearer\u0000 ${CANARY}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----`,
  ])('leaves nothing of the secret in %j', (text) => {
    expect(cleanLog(text).join('\n')).not.toContain(CANARY);
  });

  it('leaves no control character, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(cleanLog(text).join('')).not.toMatch(/[^\P{Cc}\t]|\p{Cf}/u);
      }),
    );
  });
});

describe('summariseLog', () => {
  it('counts what looks like errors and keeps the last', () => {
    expect(summariseLog(['ok', 'ERROR one', 'finished with 0 errors', 'panic: two', 'bye'])).toEqual({
      lines: 5,
      errors: 2,
      lastError: 'panic: two',
    });
    expect(summariseLog(['ok'])).toEqual({ lines: 1, errors: 0 });
  });
});

describe('grepLog', () => {
  it('finds plain text whatever the case, and marks what lies between', () => {
    const lines = ['start', 'Timeout a', 'x', 'y', 'timeout b', 'timeout c', 'end'];
    expect(grepLog(lines, 'TIMEOUT')).toEqual({
      matches: 3,
      lines: ['Timeout a', '… 2 lines …', 'timeout b', 'timeout c'],
    });
    expect(grepLog(lines, 'z')).toEqual({ matches: 0, lines: [] });
  });

  it('takes no character for a pattern', () => {
    expect(grepLog(['a.b', 'axb', '(['], 'a.b').matches).toBe(1);
    expect(grepLog(['a.b', '(['], '([').matches).toBe(1);
  });
});

describe('tailLog', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);

  it('keeps the last lines that fit', () => {
    expect(tailLog(lines, 3, 1_000)).toEqual({ lines: ['line 97', 'line 98', 'line 99'], isWhole: false });
    expect(tailLog(lines, 100, 16).lines).toEqual(['line 98', 'line 99']);
    expect(tailLog(lines.slice(0, 2), 3, 1_000)).toEqual({ lines: ['line 0', 'line 1'], isWhole: true });
  });

  it('elides a very long line and says how much of it is left out', () => {
    const { lines: shown, isWhole } = tailLog(['x'.repeat(1_000)], 3, 500);
    expect(shown[0]).toMatch(/^x{360}… \(640 more characters\)$/);
    expect(isWhole).toBe(false);
  });

  it('never exceeds its bounds by more than one line', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 600 }), { maxLength: 60 }), (log) => {
        const { lines: shown } = tailLog(log, 40, 2_000);
        expect(shown.length).toBeLessThanOrEqual(40);
        if (shown.length > 1) expect(shown.join('\n').length).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});
