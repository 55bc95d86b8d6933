import type { Readable } from 'node:stream';
import type { OpsError } from '@jamie/core';
import type { ApiStream } from './api-request.ts';

/** Wraps a response body as a stream that fails with our errors and can be ended from outside. */
export function openStream(
  body: Readable,
  abort: AbortController,
  translate: (error: unknown) => OpsError,
): ApiStream {
  // A body destroyed before anybody reads it would otherwise end the process with an unhandled 'error' event.
  body.on('error', () => undefined);
  return {
    chunks: readChunks(body, translate),
    abort: () => abort.abort(),
  };
}

async function* readChunks(
  body: Readable,
  translate: (error: unknown) => OpsError,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (error) {
    throw translate(error);
  }
}
