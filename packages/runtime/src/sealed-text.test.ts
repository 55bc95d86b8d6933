import { describe, expect, it } from '@jest/globals';
import { openText, type SealedText, sealText } from './sealed-text.ts';

const KEY = new Uint8Array(32).fill(7);
const SUBJECT = { name: 'tokens of a test', mend: 'make them again' };

describe('sealed text', () => {
  const sealed = sealText('xoxb-secret', 'team T1', KEY);

  it('opens again with its key and its context', () => {
    expect(openText(sealed, 'team T1', KEY, SUBJECT)).toBe('xoxb-secret');
  });

  it('shows nothing of the text and is never the same twice', () => {
    expect(JSON.stringify(sealed)).not.toContain('xoxb');
    expect(sealText('xoxb-secret', 'team T1', KEY)).not.toEqual(sealed);
  });

  it('names the variable and the way out when the key is another one', () => {
    const open = () => openText(sealed, 'team T1', new Uint8Array(32).fill(8), SUBJECT);
    expect(open).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringMatching(/tokens of a test.+CLUSTER_CREDENTIALS_KEY.+make them again/u),
      }),
    );
  });

  it.each<[string, SealedText, string]>([
    ['its context', sealed, 'team T2'],
    ['its text', { ...sealed, ciphertext: Buffer.from('xoxb-forged').toString('base64') }, 'team T1'],
    ['its tag', { ...sealed, tag: Buffer.alloc(16).toString('base64') }, 'team T1'],
    ['its tag, cut short', { ...sealed, tag: Buffer.alloc(4).toString('base64') }, 'team T1'],
    ['its nonce', { ...sealed, nonce: Buffer.alloc(12).toString('base64') }, 'team T1'],
  ])('refuses to open when somebody changed %s', (_what, changed, context) => {
    expect(() => openText(changed, context, KEY, SUBJECT)).toThrow(
      expect.objectContaining({ code: 'config_invalid', userMessage: expect.stringContaining('changed') }),
    );
  });

  it('refuses a key that has not 32 bytes', () => {
    expect(() => sealText('text', 'context', new Uint8Array(16))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
