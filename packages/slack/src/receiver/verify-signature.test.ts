import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifySignature } from './verify-signature.ts';

const NOW = 1_800_000_000;
const SECRET = 'secret';
const BODY = '{"a":1}';

function sign(timestamp: string, body = BODY, secret = SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function verify(timestamp: string | undefined, signature: string | undefined, nowMs = NOW * 1000) {
  return verifySignature({ signingSecret: SECRET, timestamp, signature, rawBody: Buffer.from(BODY), nowMs });
}

describe('verifySignature', () => {
  it('agrees with the example in the documentation of Slack', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const verdict = verifySignature({
      signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
      timestamp: '1531420618',
      signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      rawBody: Buffer.from(body),
      nowMs: 1_531_420_618_000,
    });
    expect(verdict).toEqual({ kind: 'valid' });
  });

  it.each([
    [-300, 'valid'],
    [300, 'valid'],
    [-301, 'stale'],
    [301, 'future'],
  ])('holds the window in both directions: %i seconds is %s', (offset, expected) => {
    const timestamp = String(NOW + offset);
    const verdict = verify(timestamp, sign(timestamp));
    expect(verdict.kind === 'valid' ? 'valid' : verdict.reason).toBe(expected);
  });

  it.each([
    ['another secret', sign(String(NOW), BODY, 'other')],
    ['another body', sign(String(NOW), '{"a":2}')],
    ['another timestamp', sign(String(NOW - 1))],
    ['nothing', ''],
    ['a shorter text', 'v0=abc'],
    ['a longer text', `${sign(String(NOW))}0`],
  ])('refuses a signature over %s', (_what, signature) => {
    expect(verify(String(NOW), signature)).toEqual({ kind: 'refused', reason: 'bad_signature' });
  });

  it.each([undefined, '', 'now', '-5', '1e9', '12345678901234567890'])(
    'refuses %p as a timestamp',
    (timestamp) => {
      expect(verify(timestamp, sign(timestamp ?? ''))).toEqual({
        kind: 'refused',
        reason: 'missing_headers',
      });
    },
  );
});
