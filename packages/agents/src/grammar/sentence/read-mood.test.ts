import { describe, expect, it } from '@jest/globals';
import { readMood } from './read-mood.ts';
import { readSentence } from './sentence.ts';
import { understand, WORLD } from './sentence-world.fixture.ts';

function moodOf(text: string): string {
  const mood = readMood(readSentence(text, WORLD));
  return `${mood.kind} ${mood.reason}`;
}

describe('readMood', () => {
  it.each([
    ['restart billing', 'order imperative'],
    ['could you please restart billing?', 'order request'],
    ['Scarlet, will you restart billing', 'order request'],
    ['restart billing?', 'question question_mark'],
    ['restart billing？', 'question question_mark'],
    ['i want you to restart billing?', 'question question_mark'],
    ['should we restart billing', 'question question_word'],
    ['can I restart billing', 'question question_word'],
    ['shud i restart billing', 'question question_word'],
    ['whats up with billing', 'question question_word'],
    ['would you recommend restarting billing?', 'question question_word'],
    ['can you tell me if billing was restarted', 'question question_word'],
    ['show me what restarting billing would do', 'looking looking_verb'],
    ['billing keeps restarting', 'looking statement'],
    ['billing is slow', 'looking statement'],
    ['good morning, Jamie', 'courtesy nothing_else'],
    ['have the 3 billing pods restarted', 'question question_word'],
    ['would you mind', 'question question_word'],
    ['do not restart billing', 'withheld negation'],
    ['could you not restart billing?', 'withheld negation'],
    ['restart billing if it is down', 'withheld condition'],
    ['if billing is down restart it', 'withheld condition'],
    ['restart billing at 5 pm', 'withheld timing'],
    ['tomorrow restart billing', 'withheld timing'],
    ['restart billing one by one', 'withheld qualifier'],
    ['restart billing, then scale quotes to 3', 'withheld several_actions'],
    ['show me the logs of billing and restart it', 'withheld several_actions'],
    ['Tim said restart billing', 'withheld unclear_order'],
    ['we restarted billing', 'withheld unclear_order'],
    ['billing needs a restart', 'withheld unclear_order'],
    ['"restart billing"', 'withheld unclear_order'],
  ])('takes "%s" for: %s', (text, mood) => {
    expect(moodOf(text)).toBe(mood);
  });

  it('plans nothing of a text that is longer than a sentence', () => {
    expect(understand(`restart billing ${'please '.repeat(400)}`)).toBe('why billing');
  });

  it('refuses in our voice what it was told not to do', () => {
    expect(understand("please don't roll back billing")).toBe('asks negation');
  });
});
