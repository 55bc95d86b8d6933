import type { KubernetesIdentity, LogQuery } from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import type { ApiStream } from '../transport/api-request.ts';
import { logPath, logQueryOf } from './log-request.ts';

/**
 * Log text as it is written, never half a character. Ends when the container ends, after `limitBytes`, or when the
 * signal aborts, which is no error. However it ends, the connection is closed.
 */
export async function* followLog(
  transport: GuardedTransport,
  query: LogQuery,
  signal: AbortSignal,
  as: KubernetesIdentity | undefined,
): AsyncGenerator<string, void, undefined> {
  const path = logPath(query);
  const asked = { ...logQueryOf(query), follow: 'true' };
  if (signal.aborted) return;
  let stream: ApiStream | undefined;
  try {
    // A kubelet sends its headers with the first line: a container may be silent for as long as anybody listens.
    const whom = as === undefined ? {} : { as };
    stream = await transport.open({ method: 'GET', path, query: asked, signal, headersMs: 0, ...whom });
    yield* decode(stream.chunks, query.limitBytes);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stream?.abort();
  }
}

async function* decode(chunks: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let left = limitBytes;
  for await (const chunk of chunks) {
    // What is left of a character in the middle of the last chunk is never flushed.
    const text = decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.byteLength;
    if (text !== '') yield text;
    if (left <= 0) return;
  }
}
