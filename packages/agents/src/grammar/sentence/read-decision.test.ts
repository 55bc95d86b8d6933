import { describe, expect, it } from '@jest/globals';
import { understand } from './sentence-world.fixture.ts';

describe('a vote, an undo or the end of the work, as said', () => {
  it.each([
    ['yes, go ahead', 'approve'],
    ['okay, do it please', 'approve'],
    ['please approve plan p-4k7d2m9q', 'approve p-4k7d2m9q'],
    ['approve p-4k7d2m9q, seen by Kim', 'approve p-4k7d2m9q seen by Kim'],
    ['reject it, wrong namespace', 'deny wrong namespace'],
    ['deny p-4k7d2m9q because it is Friday', 'deny p-4k7d2m9q it is Friday'],
    ['no, far too many', 'deny far too many'],
    ["no, that's too risky", "deny that's too risky"],
    ['undo that please', 'undo'],
    ['take it back', 'undo'],
    ['undo plan p-4k7d2m9q', 'undo p-4k7d2m9q'],
    ['never mind', 'stop'],
    ['please stop', 'stop'],
    ['many thanks, that helped', 'thanks'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['yes', 'unclear_order'],
    ['no', 'unclear_order'],
    ['no, it is still broken', 'unclear_order'],
    ['nope, that was the other team', 'unclear_order'],
    ['yes, but only to 3', 'qualifier'],
    ['approve it once Kim agrees', 'timing'],
    ['approve p-4k7d2m9q if Kim agrees', 'condition'],
    ['approve billing', 'qualifier'],
    ['approve p-4k7d2m9q and p-2b6c9d4f', 'several_targets'],
    ["don't approve it", 'negation'],
    ['undo the restart of billing', 'qualifier'],
    ['stop billing', 'unclear_order'],
    ['stop restarting billing', 'negation'],
  ])('asks back for "%s": %s', (text, reason) => {
    expect(understand(text)).toBe(`asks ${reason}`);
  });
});
