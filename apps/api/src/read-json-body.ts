import { OpsError } from '@jamie/core';

export type JsonBody = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'too_large' };

/**
 * Reads a JSON body of at most `limitBytes`; more is never held in memory, whatever the length that was announced.
 * Throws invalid_input when it is not JSON or does not say that it is.
 */
export async function readJsonBody(request: Request, limitBytes: number): Promise<JsonBody> {
  // Forms cannot send this type, so that no foreign page can post here without asking first.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw invalid('The body must be JSON: send it with the header "content-type: application/json".');
  }
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return { kind: 'too_large' };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > limitBytes) return { kind: 'too_large' };
    chunks.push(chunk);
  }
  try {
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch (error) {
    throw invalid('The body is not valid JSON.', error);
  }
}

function invalid(userMessage: string, cause?: unknown): OpsError {
  return new OpsError('invalid_input', 'body cannot be read', { userMessage, cause });
}
