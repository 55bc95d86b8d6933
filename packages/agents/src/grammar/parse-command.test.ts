import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS } from './command-list.ts';
import { parseCommand } from './parse-command.ts';

const inShop = { namespace: 'shop' };

describe('parseCommand', () => {
  it.each([
    ['why checkout -n shop', { kind: 'why', words: ['checkout'], place: inShop }],
    ['WHY deploy/checkout --namespace=shop', { kind: 'why', words: ['deploy/checkout'], place: inShop }],
    [
      'scale deploy/checkout 5 -n shop',
      { kind: 'scale', words: ['deploy/checkout'], replicas: 5, place: inShop },
    ],
    [
      'scale -n shop deploy/checkout to 5',
      { kind: 'scale', words: ['deploy/checkout'], replicas: 5, place: inShop },
    ],
    ['scale checkout 0', { kind: 'scale', words: ['checkout'], replicas: 0, place: {} }],
    [
      'restart sts/db --cluster prod-eu',
      { kind: 'restart', words: ['sts/db'], place: { cluster: 'prod-eu' } },
    ],
    ['rollback checkout --to 3', { kind: 'rollback', words: ['checkout'], toRevision: 3, place: {} }],
    ['approve P-4K7D2M9Q', { kind: 'approve', planId: 'p-4k7d2m9q', reason: '' }],
    ['deny p-4k7d2m9q too risky  today', { kind: 'deny', planId: 'p-4k7d2m9q', reason: 'too risky  today' }],
    ['undo', { kind: 'undo' }],
    ['health payments', { kind: 'health', place: { namespace: 'payments' } }],
    ['freeze incident 42', { kind: 'freeze', reason: 'incident 42' }],
    ['', { kind: 'help' }],
    ['help scale', { kind: 'help', topic: 'scale' }],
  ])('reads "%s"', (text, intent) => {
    expect(parseCommand(text)).toEqual({ kind: 'intent', intent });
  });

  it.each([
    ['scale checkout', 'scale needs more. Try: scale'],
    ['scale checkout five', 'not a whole number'],
    ['scale checkout -1', 'not a whole number'],
    ['scale checkout 1e3', 'not a whole number'],
    ['scale checkout 99999', 'more than I accept'],
    ['rollback checkout --to zero', 'revision number'],
    ['rollback checkout --to 0', 'revision number'],
    ['restart', 'restart needs more'],
    ['approve everything', 'not a plan id'],
    ['why checkout -n', '-n needs a value'],
    ['why checkout --force', "I don't know the option --force"],
    ['freeze', 'freeze needs more'],
    ['scael checkout 5', 'Did you mean scale?'],
    ['frobnicate', 'Type help'],
  ])('says what is wrong with "%s"', (text, message) => {
    expect(parseCommand(text)).toEqual({ kind: 'invalid', message: expect.stringContaining(message) });
  });

  it('reads every usage that help shows', () => {
    for (const { usage } of COMMANDS) {
      const typed = usage.replaceAll(/\[.*?\]/g, '').replace('REASON', 'because');
      expect({ typed, parsed: parseCommand(typed).kind }).toEqual({ typed, parsed: 'intent' });
    }
  });

  it('never throws and never scales by anything but a whole number in range', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseCommand(`scale ${text}`);
        if (parsed.kind !== 'intent' || parsed.intent.kind !== 'scale') return;
        expect(Number.isInteger(parsed.intent.replicas)).toBe(true);
        expect(parsed.intent.replicas).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
