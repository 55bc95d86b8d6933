import { z } from 'zod';
import { wholeNumber } from './variable.ts';

/** The language model that words findings. */
export interface ModelConfig {
  /** Base URL of the Ollama server, without a slash at its end. */
  readonly host: string;
  readonly model: string;
  /** Tokens that prompt and answer may take together. */
  readonly contextTokens: number;
  /** From the request to the end of the answer. */
  readonly timeoutMs: number;
  /** Until the first byte, the loading of the model included. */
  readonly firstByteTimeoutMs: number;
}

const OLLAMA_PORT = '11434';
const HOST_EXPECTED = 'must be an address such as http://127.0.0.1:11434, without a user or a path';
const MAX_TIMEOUT_MS = 240_000;

/** An address as Ollama's own tools take it: a URL, or a host with or without a port. */
const ollamaHost = z.string().transform((text, context) => {
  const hasScheme = text.includes('://');
  const url = URL.parse(hasScheme ? text : `http://${text}`);
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isHttp || url.username !== '' || url.pathname !== '/' || url.search !== '') {
    context.addIssue(HOST_EXPECTED);
    return z.NEVER;
  }
  if (!hasScheme && url.port === '') url.port = OLLAMA_PORT;
  return url.origin;
});

export const modelVariables = z.object({
  OLLAMA_HOST: ollamaHost
    .optional()
    .describe(
      'Address of the Ollama server whose model words findings, for example http://127.0.0.1:11434. Default: none; the model is off and every answer comes from the analyzers.',
    ),
  OLLAMA_MODEL: z
    .string()
    .regex(/^[\w.:/-]{1,200}$/, 'must be a model as `ollama list` names it, for example llama3.1:8b')
    .default('llama3.1:8b')
    .describe('The model, as `ollama list` names it. Default: llama3.1:8b'),
  OLLAMA_CONTEXT_TOKENS: wholeNumber(2_048, 1_000_000)
    .default(8_192)
    .describe(
      'Tokens that prompt and answer may take together; more needs more memory on the model’s server. Default: 8192',
    ),
  MODEL_TIMEOUT_MS: wholeNumber(100, MAX_TIMEOUT_MS)
    .default(30_000)
    .describe('Longest time that an answer waits for the model, in milliseconds. Default: 30000'),
  MODEL_FIRST_BYTE_TIMEOUT_MS: wholeNumber(100, MAX_TIMEOUT_MS)
    .default(20_000)
    .describe(
      'Longest silence before the model begins, the loading of the model included, in milliseconds. Default: 20000',
    ),
});

/** The model's configuration from its variables; undefined: the model is off. */
export function toModelConfig(values: z.output<typeof modelVariables>): ModelConfig | undefined {
  if (values.OLLAMA_HOST === undefined) return undefined;
  return {
    host: values.OLLAMA_HOST,
    model: values.OLLAMA_MODEL,
    contextTokens: values.OLLAMA_CONTEXT_TOKENS,
    timeoutMs: values.MODEL_TIMEOUT_MS,
    firstByteTimeoutMs: values.MODEL_FIRST_BYTE_TIMEOUT_MS,
  };
}
