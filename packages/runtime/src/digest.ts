import { createHash, timingSafeEqual } from 'node:crypto';
import type { Digest } from '@jamie/core';

/** SHA-256 of a UTF-8 text as 64 lowercase hexadecimal digits. */
export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Whether two secrets are equal, in a time that depends on neither of them. */
export function equalSecrets(left: string, right: string): boolean {
  // Digests have one length, so that not even the lengths are given away.
  const [leftDigest, rightDigest] = [left, right].map((text) =>
    createHash('sha256').update(text, 'utf8').digest(),
  );
  return leftDigest !== undefined && rightDigest !== undefined && timingSafeEqual(leftDigest, rightDigest);
}
