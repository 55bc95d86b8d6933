import { describe, expect, it } from '@jest/globals';
import { parseUtterance } from './utterance.ts';

describe('parseUtterance', () => {
  it('takes words for a sentence', () => {
    expect(parseUtterance('  why is checkout crashing? ')).toEqual({
      form: 'sentence',
      text: 'why is checkout crashing?',
    });
  });

  it.each(['/jamie health', '/Scarlet  health', '/health'])('takes %s for the command', (typed) => {
    expect(parseUtterance(typed)).toEqual({ form: 'command', text: 'health' });
  });

  it('keeps a command that merely begins like our name', () => {
    expect(parseUtterance('/jamies')).toEqual({ form: 'command', text: 'jamies' });
  });

  it.each(['', '   ', '/', '/jamie '])('has nothing to send for %j', (typed) => {
    expect(parseUtterance(typed)).toBeUndefined();
  });
});
