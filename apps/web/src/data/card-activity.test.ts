import { describe, expect, it } from '@jest/globals';
import { activityAfterVote, canVote } from './card-activity.ts';

describe('activityAfterVote', () => {
  it('remembers a counted vote for the hash that was voted on', () => {
    const activity = activityAfterVote({ kind: 'ok', value: { kind: 'counted', message: 'Counted.' } }, 'h1');
    expect(activity).toEqual({ kind: 'voted', planHash: 'h1', message: 'Counted.' });
    expect(canVote(activity, 'h1')).toBe(false);
    expect(canVote(activity, 'h2')).toBe(true);
  });

  it('repeats why a vote was refused', () => {
    const activity = activityAfterVote(
      { kind: 'ok', value: { kind: 'refused', message: 'Too late.' } },
      'h1',
    );
    expect(activity).toEqual({ kind: 'refused', message: 'Too late.' });
  });

  it('does not claim to know what became of a vote that nobody answered, and lets it be given again', () => {
    const activity = activityAfterVote({ kind: 'unreachable', message: 'No answer.' }, 'h1');
    expect(activity).toMatchObject({ message: expect.stringContaining('not known') });
    expect(canVote(activity, 'h1')).toBe(true);
  });

  it('says that a signed-out vote did not count', () => {
    expect(activityAfterVote({ kind: 'signed_out' }, 'h1')).toMatchObject({ kind: 'refused' });
  });
});

describe('canVote', () => {
  it('holds back while a vote is under way', () => {
    expect(canVote({ kind: 'sending', decision: 'approve' }, 'h1')).toBe(false);
  });
});
