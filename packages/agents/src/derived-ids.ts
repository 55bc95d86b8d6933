import type { CorrelationId, Digest, Request, RequestId } from '@jamie/core';

/** Enough that two never meet: 96 bits. */
const KEY_DIGITS = 24;

/** The part of an id that follows from a text, so that whoever makes it twice makes the same one. */
export function derivedKey(digest: Digest, text: string): string {
  return digest(text).slice(0, KEY_DIGITS);
}

/** The ids of the request that a text stands for. */
export function derivedRequestIds(digest: Digest, text: string): Pick<Request, 'id' | 'correlationId'> {
  const key = derivedKey(digest, text);
  return { id: `r_${key}` as RequestId, correlationId: `x_${key}` as CorrelationId };
}
