import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findCommand, type Intent } from '../command-list.ts';
import { parseSentence } from '../parse-sentence.ts';
import { understand, WORLD } from './sentence-world.fixture.ts';

const RUNS = { numRuns: 300 };

const order = fc.constantFrom(
  'restart billing',
  'scale billing to 5',
  'roll back the price feed to revision 3',
  'shut down quotes in travel',
  'double the replicas of billing',
  'undo that',
  'approve p-4k7d2m9q',
  'freeze incident 7',
  'use finance',
);
const word = fc.constantFrom(
  ...'restart scale roll back billing quotes price feed events health to 5 two more please the in finance on blue it not if and then only tomorrow p-4k7d2m9q undo approve freeze it deployment pods of by half'.split(
    ' ',
  ),
);

function changeOf(text: string): Intent | undefined {
  const parsed = parseSentence(text, WORLD);
  if (parsed.kind !== 'intent') return undefined;
  const tier = findCommand(parsed.intent.kind)?.tier;
  return tier === 'read' || parsed.intent.kind === 'stop' ? undefined : parsed.intent;
}

describe('parseSentence, whatever is typed', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(() => parseSentence(text, WORLD)).not.toThrow();
      }),
      RUNS,
    );
  });

  it('makes no change of anything with a question mark that is not put as a request', () => {
    const opening = fc.constantFrom(
      '',
      'Jamie, ',
      'please ',
      'so ',
      'i need you to ',
      'should I ',
      'can we ',
      'you please ',
    );
    fc.assert(
      fc.property(
        opening,
        fc.oneof(
          order,
          fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
        ),
        (before, text) => {
          expect(changeOf(`${before}${text}?`)).toBeUndefined();
        },
      ),
      RUNS,
    );
  });

  it('makes no change of an order that is hedged', () => {
    const before = fc.constantFrom(
      'maybe ',
      'do not ',
      'never ',
      'Kim said ',
      'if it is down ',
      'we should ',
      'tomorrow ',
    );
    fc.assert(
      fc.property(before, order, (hedge, text) => {
        expect(changeOf(`${hedge}${text}`)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('makes no change of an order with a word that nobody knows', () => {
    const changing = fc.constantFrom(
      'restart billing',
      'scale billing to 5',
      'roll back quotes',
      'restart it in finance',
    );
    fc.assert(
      fc.property(changing, fc.stringMatching(/^[a-z]{4,12}q$/), (text, unknown) => {
        expect(changeOf(`${text} ${unknown}`)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('understands the same with and without politeness', () => {
    const before = fc.constantFrom(
      '',
      'Please ',
      'Hi Jamie, ',
      '@scarlet ',
      'could you please ',
      'Good morning! Would you ',
      'just ',
    );
    const after = fc.constantFrom('', ' please', ', thanks', ' now', ' 🙏', '!', ' asap, cheers');
    const changing = fc.constantFrom(
      'restart billing',
      'scale billing to 5',
      'roll back the price feed to revision 3',
      'undo that',
    );
    fc.assert(
      fc.property(before, changing, after, (opening, text, closing) => {
        expect(understand(`${opening}${text}${closing}`)).toBe(understand(text));
      }),
      RUNS,
    );
  });

  it('names nothing in a change that was not said', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), (words) => {
        const text = words.join(' ');
        const change = changeOf(text);
        const named = change !== undefined && 'words' in change ? change.words : [];
        const pieces = named.flatMap((name) => name.split('/').at(-1)?.split('-') ?? []);
        expect(pieces.filter((piece) => !words.includes(piece))).toEqual([]);
      }),
      RUNS,
    );
  });
});
