import { describe, expect, it } from '@jest/globals';
import { readMessageText } from './read-message-text.ts';

function read(message: unknown): string {
  return readMessageText(message, 'UBOT');
}

describe('readMessageText', () => {
  it('reads what a person wrote, without the mention of us and Slack’s own spelling', () => {
    expect(read({ text: '<@UBOT> checkout is down &amp; <https://x.test|the page> too' })).toBe(
      'checkout is down & the page too',
    );
  });

  it('reads what other apps say in attachments and blocks alone', () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Pod cart-1 crashes' } }];
    expect(read({ text: '', blocks })).toBe('Pod cart-1 crashes');
    expect(read({ text: '', attachments: [{ title: '[FIRING]', text: 'cart is down' }] })).toBe(
      '[FIRING]\ncart is down',
    );
    expect(read({ attachments: [{ fallback: 'cart is down', blocks }] })).toBe(
      'cart is down\nPod cart-1 crashes',
    );
  });

  it('is bounded, and keeps no credential, at the cut either', () => {
    const secret = 'password=hunter2';
    expect(read({ text: `${'x '.repeat(1_240)}${secret} and more` })).not.toContain('hunter2');
    expect(read({ text: 'y'.repeat(100_000) })).toHaveLength(2_500);
  });

  it.each([undefined, null, 7, 'text', {}, { text: 7, attachments: 'x', blocks: { text: 7 } }])(
    'reads nothing in %j',
    (message) => {
      expect(read(message)).toBe('');
    },
  );
});
