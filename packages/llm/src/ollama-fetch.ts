import { connectionError, type ModelPlace, statusError, unusableAnswer } from './ollama-error.ts';

export interface FetchGuard {
  readonly place: ModelPlace;
  /** Ends the request, and with it the model's work. */
  readonly signal: AbortSignal;
  /** More bytes than this end the request with model_output_invalid. */
  readonly maxBytes: number;
  /** Called whenever something has come. */
  onBytes(): void;
}

const MAX_ERROR_BYTES = 16_384;

/**
 * A fetch for the Ollama client: ends with the signal, turns error statuses into OpsErrors, bounds what it reads, and
 * refuses what is no JSON line by line, because the client would print it to the console and go on.
 */
export function guardFetch(guard: FetchGuard): typeof fetch {
  return async (input, init) => {
    const signals = [guard.signal, ...(init?.signal ? [init.signal] : [])];
    // A redirect would carry the prompt to somebody whom nobody named.
    const guarded: RequestInit = { ...init, redirect: 'error', signal: AbortSignal.any(signals) };
    const response = await fetch(input, guarded).catch((error: unknown) => {
      throw connectionError(error, 'none', guard.place);
    });
    if (!response.ok) throw statusError(response.status, await readError(response), guard.place);
    if (response.body === null) throw unusableAnswer('empty', guard.place);
    return new Response(response.body.pipeThrough(guardLines(guard)), {
      status: response.status,
      headers: { 'content-type': response.headers.get('content-type') ?? '' },
    });
  };
}

function guardLines({ place, maxBytes, onBytes }: FetchGuard): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  let rest = '';
  const check = (line: string) => {
    if (line.trim() !== '' && !isJsonObject(line)) throw unusableAnswer('no_protocol', place);
  };
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onBytes();
      if (bytes > maxBytes) throw unusableAnswer('too_much', place);
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(check);
      controller.enqueue(chunk);
    },
    flush() {
      if (bytes === 0) throw unusableAnswer('empty', place);
      check(rest + decoder.decode());
    },
  });
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Ollama's own words, from `{"error": …}`, or the plain text of whatever else answered. */
async function readError(response: Response): Promise<string> {
  const text = await readAtMost(response, MAX_ERROR_BYTES);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'string')
      return value.error;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return text;
}

async function readAtMost(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, maxBytes);
}
