import {
  type ChatAnswer,
  type ChatModel,
  type ChatRequest,
  type Clock,
  isOpsError,
  type Logger,
  OpsError,
} from '@jamie/core';
import type { ChatRequest as OllamaChatRequest } from 'ollama';
import { estimateTokens, fewestTokens } from './count-tokens.ts';
import {
  connectionError,
  type ModelPlace,
  promptTooLong,
  silenceError,
  unusableAnswer,
} from './ollama-error.ts';
import { guardFetch } from './ollama-fetch.ts';
import { readAnswer } from './read-answer.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

export interface OllamaModelOptions {
  /** Base URL of the server, for example `http://127.0.0.1:11434`. */
  readonly host: string;
  /** As `ollama list` names it, for example `llama3.1:8b`. */
  readonly model: string;
  /** Tokens that prompt and answer may take together; sent as num_ctx. */
  readonly contextTokens: number;
  /** Longest time from the request to the end of the answer. */
  readonly timeoutMs: number;
  /** Longest wait for the first byte, the loading of the model included. */
  readonly firstByteTimeoutMs: number;
  /** Longest silence between two parts of the answer. Default: 5 s. */
  readonly stallTimeoutMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const STALL_TIMEOUT_MS = 5_000;
/** One token per line with its frame is about 150 bytes; more than this per token is no answer to what was asked. */
const BYTES_PER_TOKEN = 1_024;
const SPARE_BYTES = 65_536;

/** What the model said, and what the server counted; 0 where it did not say. */
interface RawAnswer {
  readonly text: string;
  readonly isWhole: boolean;
  readonly promptTokens: number;
  readonly outputTokens: number;
}

/** A model on an Ollama server. The vendor's client is loaded with the first request, not before. */
export function createOllamaModel(options: OllamaModelOptions): ChatModel {
  const place = { host: options.host, model: options.model };
  return {
    name: options.model,
    async chat(request) {
      const texts = request.messages.map(({ content }) => content);
      // Some servers add the schema to the prompt, others do not: it counts as long as it may matter.
      const schema = request.schema === undefined ? [] : [JSON.stringify(request.schema)];
      const promptTokens = estimateTokens([...texts, ...schema]);
      if (promptTokens + request.maxTokens > options.contextTokens) {
        throw promptTooLong({ ...place, promptTokens, contextTokens: options.contextTokens });
      }
      const startedAt = options.clock.now();
      const raw = await ask(request, options, place);
      checkWasSeen(raw, texts, options);
      const reading = readAnswer(raw.text, request.schema !== undefined);
      if (reading.kind === 'invalid') throw unusableAnswer(reading.reason, place);
      const answer: ChatAnswer = {
        text: reading.text,
        isWhole: raw.isWhole,
        inputTokens: raw.promptTokens === 0 ? promptTokens : raw.promptTokens,
        outputTokens: raw.outputTokens,
      };
      logAnswer(answer, options, startedAt);
      return answer;
    },
  };
}

async function ask(request: ChatRequest, options: OllamaModelOptions, place: ModelPlace): Promise<RawAnswer> {
  const watchdog = startWatchdog(options.clock, {
    firstByteMs: options.firstByteTimeoutMs,
    stallMs: options.stallTimeoutMs ?? STALL_TIMEOUT_MS,
    totalMs: options.timeoutMs,
  });
  try {
    request.signal.throwIfAborted();
    const { Ollama } = await import('ollama');
    const guard = guardFetch({
      place,
      signal: AbortSignal.any([request.signal, watchdog.signal]),
      maxBytes: request.maxTokens * BYTES_PER_TOKEN + SPARE_BYTES,
      onBytes: () => watchdog.heard(),
    });
    const client = new Ollama({ host: options.host, fetch: guard });
    return await collect(await client.chat(toBody(request, options)));
  } catch (error) {
    throw translate(error, request.signal, watchdog, place);
  } finally {
    watchdog.end();
  }
}

type Body = OllamaChatRequest & { readonly stream: true; readonly truncate: false; readonly shift: false };

function toBody(request: ChatRequest, options: OllamaModelOptions): Body {
  return {
    model: options.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    think: false,
    // Newer servers then refuse what does not fit; older ones ignore both, which is why the counts are compared.
    truncate: false,
    shift: false,
    ...(request.schema !== undefined && { format: request.schema }),
    options: { num_ctx: options.contextTokens, num_predict: request.maxTokens, temperature: 0 },
  };
}

interface Part {
  readonly message?: { readonly content?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
}

async function collect(parts: AsyncIterable<Part>): Promise<RawAnswer> {
  let text = '';
  let last: Part = {};
  for await (const part of parts) {
    text += part.message?.content ?? '';
    last = part;
  }
  return {
    text,
    isWhole: last.done_reason !== 'length',
    promptTokens: last.prompt_eval_count ?? 0,
    outputTokens: last.eval_count ?? 0,
  };
}

/**
 * Servers that cut a prompt silently give themselves away: they evaluate far fewer tokens than were sent, or fill
 * the context to the brim. A server that gives no count had the whole prompt in its cache.
 */
function checkWasSeen(raw: RawAnswer, texts: readonly string[], options: OllamaModelOptions): void {
  if (raw.promptTokens === 0) return;
  const fills = raw.promptTokens + raw.outputTokens > options.contextTokens;
  if (!fills && raw.promptTokens >= fewestTokens(texts)) return;
  throw unusableAnswer('prompt_was_cut', { host: options.host, model: options.model });
}

function translate(error: unknown, signal: AbortSignal, watchdog: Watchdog, place: ModelPlace): OpsError {
  if (signal.aborted) {
    return new OpsError('cancelled', 'the question to the model was cancelled', { cause: signal.reason });
  }
  if (watchdog.expiry !== undefined) return silenceError(watchdog.expiry, place);
  return isOpsError(error) ? error : connectionError(error, 'broke_off', place);
}

function logAnswer(
  answer: ChatAnswer,
  { clock, logger, model }: OllamaModelOptions,
  startedAt: number,
): void {
  logger.debug('Model answered', {
    model,
    inputTokens: answer.inputTokens,
    outputTokens: answer.outputTokens,
    isWhole: answer.isWhole,
    durationMs: clock.now() - startedAt,
  });
}
