import { describe, expect, it } from '@jest/globals';
import { citeEvidence } from './cite-evidence.ts';

const IDS = ['ev_1', 'ev_2'];

describe('citeEvidence', () => {
  it('turns known ids into numbers, close to the word before them', () => {
    expect(citeEvidence('exits with code 1 [ev_2].', IDS)).toEqual([
      { kind: 'text', text: 'exits with code 1' },
      { kind: 'citation', number: 2 },
      { kind: 'text', text: '.' },
    ]);
  });

  it('reads several ids in one bracket', () => {
    expect(citeEvidence('[ev_1, ev_2]', IDS)).toEqual([
      { kind: 'citation', number: 1 },
      { kind: 'citation', number: 2 },
    ]);
  });

  it.each(['status.containers[app]', '[]', '[ev_3]', '[ev_1 and more]', '[[', 'args: ["--x"]'])(
    'leaves the brackets of cluster text alone: %s',
    (text) => {
      expect(citeEvidence(text, IDS)).toEqual([{ kind: 'text', text }]);
    },
  );
});
