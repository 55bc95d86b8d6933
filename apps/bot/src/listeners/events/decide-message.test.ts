import { describe, expect, it } from '@jest/globals';
import { decideMessage } from './decide-message.ts';

const US = { teamId: 'T1', botUserId: 'UBOT' };
const PLAIN = {
  type: 'message',
  user: 'U1',
  channel: 'C1',
  channel_type: 'channel',
  ts: '5.1',
  text: 'hello',
};

const decide = (changes: object) => decideMessage({ ...PLAIN, ...changes }, US);

describe('decideMessage', () => {
  it.each([
    ['an app_mention', { type: 'app_mention', text: '<@UBOT> hello' }],
    ['the message that Slack sends beside it', { text: '<@UBOT> hello' }],
    ['a direct message', { channel: 'D1', channel_type: 'im' }],
    ['a message with a file', { text: '<@UBOT> hello', subtype: 'file_share' }],
  ])('reads %s as addressed to us', (_what, changes) => {
    expect(decide(changes)).toMatchObject({
      kind: 'addressed',
      utterance: { text: 'hello', messageTs: '5.1', place: { threadTs: '5.1', teamId: 'T1' } },
    });
  });

  it('answers in the thread where something was said', () => {
    expect(decide({ type: 'app_mention', thread_ts: '4.0' })).toMatchObject({
      utterance: { place: { threadTs: '4.0' }, messageTs: '5.1' },
    });
  });

  it('leaves open whether a reply without a mention is for us', () => {
    expect(decide({ thread_ts: '4.0' }).kind).toBe('maybe_follow_up');
  });

  it.each([
    ['talk in a channel', {}, 'not_addressed'],
    ['an edit', { subtype: 'message_changed', text: '<@UBOT>' }, 'not_a_new_message'],
    ['a deletion', { subtype: 'message_deleted', hidden: true }, 'not_a_new_message'],
    ['somebody who joins', { subtype: 'channel_join' }, 'not_a_new_message'],
    ['our own words', { user: 'UBOT', channel_type: 'im' }, 'from_us'],
    ['the words of another app', { bot_id: 'B2', channel_type: 'im' }, 'from_an_app'],
    ['a message without a person', { user: undefined }, 'not_a_new_message'],
    ['another kind of event', { type: 'reaction_added' }, 'not_a_new_message'],
  ])('ignores %s', (_what, changes, reason) => {
    expect(decide(changes)).toEqual({ kind: 'ignore', reason });
  });

  it('knows people of other workspaces by their own team', () => {
    expect(decide({ type: 'app_mention', team: 'T9' })).toMatchObject({
      utterance: { person: { teamId: 'T9' } },
    });
    expect(decide({ type: 'app_mention', team: 'T1', user_team: 'T9' })).toMatchObject({
      utterance: { person: { teamId: 'T9' } },
    });
  });
});
