import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSentence as parse } from './parse-sentence.ts';

const NOTHING = { clusters: new Set<string>(), namespaces: new Set<string>(), objects: new Set<string>() };
const parseSentence = (text: string) => parse(text, NOTHING);

describe('parseSentence', () => {
  it.each([
    ['why is checkout crashing?', { kind: 'why', words: ['checkout'], place: {} }],
    [
      "@jamie what's wrong with the basket service in payments",
      { kind: 'why', words: ['basket'], place: { namespace: 'payments' } },
    ],
    ['is checkout down?', { kind: 'why', words: ['checkout'], place: {} }],
    ['how are things?', { kind: 'health', place: {} }],
    ['health', { kind: 'health', place: {} }],
    ['is everything healthy in payments?', { kind: 'health', place: { namespace: 'payments' } }],
    ['hello', { kind: 'health', place: {} }],
    [
      'scale deploy/checkout 5 -n shop',
      {
        kind: 'scale',
        words: ['deploy/checkout'],
        amount: { kind: 'to', replicas: 5 },
        place: { namespace: 'shop' },
      },
    ],
    ['Jamie, restart checkout', { kind: 'restart', words: ['checkout'], place: {} }],
  ])('reads "%s"', (text, intent) => {
    expect(parseSentence(text)).toMatchObject({ kind: 'intent', intent });
  });

  it.each([
    'restart checkout?',
    'scale checkout 5?',
    'should I restart checkout?',
    'rollback checkout --to 2 ?',
  ])('takes the question "%s" as a question', (text) => {
    const parsed = parseSentence(text);
    expect(parsed.kind === 'intent' && ['why', 'health'].includes(parsed.intent.kind)).toBe(true);
  });

  it('never makes a change of anything that ends with a question mark', () => {
    const word = fc.constantFrom(
      'scale',
      'restart',
      'rollback',
      'undo',
      'approve',
      'deny',
      'freeze',
      'checkout',
      '5',
      'p-4k7d2m9q',
      '-n',
      'shop',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const parsed = parseSentence(`${words.join(' ')}?`);
        expect(parsed).toMatchObject({
          intent: { kind: expect.stringMatching(/^(why|health|help|status)$/) },
        });
      }),
    );
  });
});
