import { describe, expect, it } from '@jest/globals';
import { decideRotation, ROTATE_AHEAD_MS } from './decide-rotation.ts';

const END = 100_000_000;

describe('decideRotation', () => {
  it.each([
    ['keeps a token that never ends', {}, END, { kind: 'keep', reason: 'does_not_expire' }],
    [
      'keeps a fresh token',
      { refreshToken: 'r', expiresAt: END },
      END - ROTATE_AHEAD_MS - 1,
      { kind: 'keep' },
    ],
    [
      'rotates a token that ends soon, which works until then',
      { refreshToken: 'r', expiresAt: END },
      END - ROTATE_AHEAD_MS,
      { kind: 'rotate', reason: 'ends_soon', isUsable: true },
    ],
    [
      'rotates a token that has ended',
      { refreshToken: 'r', expiresAt: END },
      END,
      { kind: 'rotate', reason: 'ended', isUsable: false },
    ],
    ['uses a token without a successor to its end', { expiresAt: END }, END - 1, { kind: 'keep' }],
    ['gives up a token without a successor then', { expiresAt: END }, END, { kind: 'lost' }],
  ])('%s', (_what, installation, now, expected) => {
    expect(decideRotation(installation, now)).toMatchObject(expected);
  });
});
