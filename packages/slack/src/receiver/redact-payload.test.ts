import { describe, expect, it } from '@jest/globals';
import { redactPayload } from './redact-payload.ts';
import { toInboxDelivery } from './to-inbox-delivery.ts';

const CANARY = ['ghp_', 'a1B2c3D4e5'.repeat(4)].join('');
const RESPONSE_URL = ['https://hooks.slack.com/commands', 'T0123', 'B0123456', 'abcdefghijkl'].join('/');

describe('redactPayload', () => {
  it('takes what looks like a credential out of every text, however deep', () => {
    const payload = {
      type: 'event_callback',
      token: 'verification-token',
      event: {
        type: 'message',
        text: `use ${CANARY}`,
        blocks: [{ elements: [{ elements: [{ type: 'text', text: `use ${CANARY}` }] }] }],
      },
    };
    const shown = JSON.stringify(redactPayload(payload));
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain('verification-token');
    expect(shown).toContain('use [redacted]');
  });

  it('keeps where an answer goes, and everything that is no text', () => {
    const payload = {
      command: '/jamie',
      text: 'health',
      response_url: RESPONSE_URL,
      nested: { count: 1, none: null },
    };
    expect(redactPayload(payload)).toEqual(payload);
  });

  it('knows a delivery by what came, not by what is kept of it', () => {
    const receipt = { id: 'inbox_1', transport: 'socket', receivedAt: 1 } as const;
    const one = toInboxDelivery({ type: 'odd', text: `password=${CANARY}` }, receipt);
    const other = toInboxDelivery({ type: 'odd', text: 'password=another-one-4711' }, receipt);
    expect(one.payload).toEqual(other.payload);
    expect(one.keys).not.toEqual(other.keys);
  });
});
