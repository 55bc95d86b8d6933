import { randomBytes } from 'node:crypto';
import type { IdSource } from '@jamie/core';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids of 100 random bits in Crockford's alphabet: no two alike, easy to read out loud. */
export const randomIds: IdSource = {
  next: (prefix) => `${prefix}_${[...randomBytes(20)].map((byte) => CROCKFORD[byte & 31]).join('')}`,
};

/** A secret of 256 random bits, safe in a URL. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
