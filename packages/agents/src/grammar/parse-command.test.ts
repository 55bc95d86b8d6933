import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, commandWords, indexByName } from './command-list.ts';
import { formatIntent } from './format-intent.ts';
import { OPTIONS } from './options.ts';
import { parseCommand } from './parse-command.ts';

const inShop = { namespace: 'shop' };

describe('parseCommand', () => {
  it.each([
    ['why checkout -n shop', { kind: 'why', words: ['checkout'], place: inShop }],
    ['WHY deploy/checkout --namespace=shop', { kind: 'why', words: ['deploy/checkout'], place: inShop }],
    [
      'scale deploy/checkout 5 -n shop',
      { kind: 'scale', words: ['deploy/checkout'], amount: { kind: 'to', replicas: 5 }, place: inShop },
    ],
    [
      'scale -n shop deploy/checkout to 5',
      { kind: 'scale', words: ['deploy/checkout'], amount: { kind: 'to', replicas: 5 }, place: inShop },
    ],
    [
      'scale checkout 0',
      { kind: 'scale', words: ['checkout'], amount: { kind: 'to', replicas: 0 }, place: {} },
    ],
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
    ['freeze "release day"', { kind: 'freeze', reason: 'release day' }],
    ["deny p-4k7d2m9q 'too risky'", { kind: 'deny', planId: 'p-4k7d2m9q', reason: 'too risky' }],
    ['', { kind: 'help' }],
    ['help scale', { kind: 'help', topic: 'scale' }],
    [
      'scale checkout +2',
      { kind: 'scale', words: ['checkout'], amount: { kind: 'by', difference: 2 }, place: {} },
    ],
    ['scale it x0.5', { kind: 'scale', words: ['it'], amount: { kind: 'times', factor: 0.5 }, place: {} }],
    ['plan restart checkout', { kind: 'restart', words: ['checkout'], place: {} }],
    ['plan p-4k7d2m9q', { kind: 'plan', planId: 'p-4k7d2m9q' }],
    ['/why checkout', { kind: 'why', words: ['checkout'], place: {} }],
    [
      'logs checkout -c app —previous --since 1h30m --grep “connection refused”',
      {
        kind: 'logs',
        words: ['checkout'],
        place: {},
        container: 'app',
        previous: true,
        sinceSeconds: 5_400,
        grep: 'connection refused',
      },
    ],
    [
      'logs checkout -f -n shop',
      { kind: 'logs', words: ['checkout'], place: inShop, previous: false, followSeconds: 30 },
    ],
    [
      'logs checkout --follow 2m',
      { kind: 'logs', words: ['checkout'], place: {}, previous: false, followSeconds: 120 },
    ],
    [
      'top nodes --by memory --chart',
      { kind: 'top', of: 'nodes', words: [], place: {}, by: 'memory', chart: true, page: 1 },
    ],
    [
      'diff checkout --from 2 --to 4',
      { kind: 'diff', words: ['checkout'], place: {}, fromRevision: 2, toRevision: 4 },
    ],
    [
      'use -n payments --for channel',
      { kind: 'use', place: { namespace: 'payments' }, for: 'channel', clear: false },
    ],
    ['health -A', { kind: 'health', place: { namespace: '*' } }],
    ['audit verify', { kind: 'audit', verify: true, page: 1 }],
    ['cancel', { kind: 'stop' }],
  ])('reads "%s"', (text, intent) => {
    expect(parseCommand(text)).toEqual({ kind: 'intent', intent });
  });

  it.each([
    ['scale checkout', 'scale needs more'],
    ['scale checkout five', 'not a whole number'],
    ['scale checkout 1.5', 'not a whole number'],
    ['scale checkout x0', 'scale to 0'],
    ['scale checkout +99999', 'more than I accept'],
    ['scale checkout 1e3', 'not a whole number'],
    ['scale checkout 99999', 'more than I accept'],
    ['rollback checkout --to zero', 'revision number'],
    ['rollback checkout --to 0', 'begin at 1'],
    ['restart', 'restart needs more'],
    ['approve everything', 'not a plan id'],
    ['why checkout -n', '-n needs a value'],
    ['why checkout --force', "I don't know the option --force"],
    ['freeze', 'freeze needs more'],
    ['scael checkout 5', 'Did you mean scale?'],
    ['frobnicate', 'Type help'],
    ['why checkout -n "my shop"', 'no name of a namespace'],
    ['logs checkout --since yesterday', '90s, 10m, 2h or 1d'],
    ['logs checkout --previous --follow', 'cannot be followed'],
    ['logs checkout --follow 1h', 'at most 300 s'],
    ['pods --page two', 'whole number'],
    ['top --by colour', 'cpu or memory'],
    ['use payments', 'namespace (-n NAME) or a cluster'],
    ['stop checkout', 'scale it to 0'],
    ['audit everything', 'not a plan id'],
  ])('says what is wrong with "%s"', (text, message) => {
    expect(parseCommand(text)).toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) });
  });

  it('offers the near miss as a whole command, so that one click is enough', () => {
    expect(parseCommand('scael deploy/checkout 5 -n shop')).toMatchObject({
      options: [{ command: 'scale deploy/checkout 5 -n shop' }],
    });
  });

  it('reads every example that help shows, and its own spelling of what it read', () => {
    for (const example of COMMANDS.flatMap(({ examples }) => examples)) {
      const parsed = parseCommand(example);
      if (parsed.kind !== 'intent') throw new Error(`${example} is not read`);
      expect(parseCommand(formatIntent(parsed.intent))).toEqual(parsed);
    }
  });

  it('never throws, and reads back whatever it has read', () => {
    const word = fc.oneof(
      fc.constantFrom(...commandWords()),
      fc.constantFrom(...Object.values(OPTIONS).flatMap(({ flags }) => flags)),
      fc.constantFrom(
        'checkout',
        'deploy/checkout',
        'p-4k7d2m9q',
        '5',
        '+2',
        'x2',
        '10m',
        '"a b"',
        'verify',
        'me',
        'cpu',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 7 }), (words) => {
        const parsed = parseCommand(words.join(' '));
        if (parsed.kind !== 'intent') return;
        expect(formatIntent(parsed.intent).length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never scales to anything but a whole number in range', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseCommand(`scale ${text}`);
        if (parsed.kind !== 'intent' || parsed.intent.kind !== 'scale') return;
        const { amount } = parsed.intent;
        if (amount.kind !== 'to') return;
        expect(Number.isInteger(amount.replicas)).toBe(true);
        expect(amount.replicas).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});

describe('indexByName', () => {
  it('refuses two commands that share a word', () => {
    const [first] = COMMANDS;
    if (first === undefined) throw new Error('no command');
    expect(() => indexByName([first, { ...first, name: 'logs', aliases: [first.name] }])).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
