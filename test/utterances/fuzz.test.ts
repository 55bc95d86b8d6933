import { type ParsedText, parseCommand } from '@jamie/agents/grammar';
import { describe, expect, it } from '@jest/globals';
import { type Fault, fuzz } from './fuzz.ts';
import { isPlainQuestion } from './mutate-sentence.ts';
import { occursIn } from './occurs-in.ts';
import type { Cases } from './read-cases.ts';

const CASES: Cases = {
  tuning: [{ id: 'u001', category: 'question', say: 'should I restart checkout?', means: 'why checkout' }],
  'held-back': [{ id: 'u002', category: 'restart', say: 'restart checkout', means: 'restart checkout' }],
  'operations-tuning': [],
  'operations-held-back': [],
};

function faultsOf(parse: (text: string) => ParsedText): ReadonlySet<Fault> {
  const { findings } = fuzz(CASES, parse, { sentences: 100, seed: 1 });
  return new Set(findings.map(({ fault }) => fault));
}

describe('fuzz', () => {
  it('finds what throws', () => {
    expect(faultsOf(() => JSON.parse('{'))).toEqual(new Set(['threw']));
  });

  it('finds a write that came of a question', () => {
    expect(faultsOf(() => parseCommand('restart it'))).toEqual(new Set(['write_from_question']));
  });

  it.each([
    'restart basket',
    'restart it -n payments',
    'restart it --cluster prod-eu',
    'restart payments/it',
  ])('finds that nobody said where "%s" goes', (command) => {
    expect(faultsOf(() => parseCommand(command))).toContain('unsaid_target');
  });

  it('finds nothing wrong with a read', () => {
    expect(faultsOf(() => parseCommand('why checkout'))).toEqual(new Set());
  });

  it('tries the same sentences for the same seed', () => {
    const heard = (): readonly string[] => {
      const texts: string[] = [];
      const note = (text: string): ParsedText => {
        texts.push(text);
        return parseCommand('health');
      };
      fuzz(CASES, note, { sentences: 50, seed: 3 });
      return texts;
    };
    expect(heard()).toEqual(heard());
  });
});

describe('isPlainQuestion', () => {
  it.each([
    ['should i restart checkout', true],
    ['restart checkout?', true],
    ['could you restart checkout?', false],
    ['when will you restart basket?', false],
    ['restart checkout', false],
  ])('of "%s" says %s', (sentence, expected) => {
    expect(isPlainQuestion(sentence)).toBe(expected);
  });
});

describe('occursIn', () => {
  it.each([
    ['restart the payment gateway', 'payment-gateway', true],
    ['Restart CHECK\u200bOUT', 'checkout', true],
    ["the basket's logs", 'basket', true],
    ['restart the status :fire: page', 'status-page', true],
    ['restart orders', 'order', false],
    ['restart payment and gateway', 'payment-gateway', false],
    ['', 'checkout', false],
  ])('looks in "%s" for "%s": %s', (text, name, expected) => {
    expect(occursIn(text, name)).toBe(expected);
  });
});
