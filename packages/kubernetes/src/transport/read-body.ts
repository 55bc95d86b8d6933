import { OpsError } from '@jamie/core';

/** The whole body as UTF-8 text. Throws `unavailable`, not retryable, as soon as it is larger than `maxBytes`. */
export async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new OpsError('unavailable', 'the API server answered with more than can be taken', {
        retryable: false,
        userMessage: `The cluster's answer is larger than ${maxBytes} bytes. Ask for less, for example one namespace.`,
        details: { maxBytes },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
