import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { decideFallback } from './decide-fallback.ts';

const refused = (slackError: string) => new OpsError('forbidden', 'refused', { details: { slackError } });
const untried = { hasThumbs: false, isPlain: false, isDirect: false, hasAsker: true };

describe('decideFallback', () => {
  it.each(['rate_limited', 'timeout', 'unavailable'] as const)('tries again what may pass (%s)', (code) => {
    expect(decideFallback(new OpsError(code, 'later'), untried)).toMatchObject({ kind: 'retry' });
  });

  it('takes a refused layout to plain text once, and then to the person', () => {
    const error = refused('invalid_blocks');
    expect(decideFallback(error, untried)).toMatchObject({ kind: 'plain_text' });
    expect(decideFallback(error, { ...untried, isPlain: true })).toMatchObject({ kind: 'direct_message' });
    expect(decideFallback(error, { ...untried, isPlain: true, isDirect: true })).toMatchObject({
      kind: 'give_up',
    });
  });

  it('takes thumbs that Slack does not know to plain buttons, and nothing else that it refuses', () => {
    const withThumbs = { ...untried, hasThumbs: true };
    const about = (text: string) =>
      new OpsError('internal', 'refused', { details: { slackError: 'invalid_blocks', messages: [text] } });
    const unknown = about('[ERROR] unsupported type: context_actions [json-pointer:/blocks/1/type]');
    expect(decideFallback(unknown, withThumbs)).toMatchObject({ kind: 'plain_buttons' });
    expect(decideFallback(refused('invalid_blocks'), withThumbs)).toMatchObject({ kind: 'plain_buttons' });
    expect(decideFallback(unknown, untried)).toMatchObject({ kind: 'plain_text' });
    const tooLong = about('[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]');
    expect(decideFallback(tooLong, withThumbs)).toMatchObject({ kind: 'plain_text' });
    expect(decideFallback(refused('msg_too_long'), withThumbs)).toMatchObject({ kind: 'plain_text' });
  });

  it('takes a refused place to the person once', () => {
    const error = refused('is_archived');
    expect(decideFallback(error, untried)).toEqual({ kind: 'direct_message', reason: 'is_archived' });
    expect(decideFallback(error, { ...untried, isDirect: true })).toMatchObject({ kind: 'give_up' });
    expect(decideFallback(error, { ...untried, hasAsker: false })).toMatchObject({ kind: 'give_up' });
  });

  it('gives up where there is no way in, and where the failure is not of Slack', () => {
    expect(decideFallback(refused('token_revoked'), untried)).toMatchObject({ kind: 'give_up' });
    expect(decideFallback(new OpsError('forbidden', 'not installed'), untried)).toEqual({
      kind: 'give_up',
      reason: 'forbidden',
    });
  });
});
