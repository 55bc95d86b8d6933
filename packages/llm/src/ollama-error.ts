import { OpsError } from '@jamie/core';
import type { Expiry } from './watchdog.ts';

/** Which model of which server a failure is about. */
export interface ModelPlace {
  readonly host: string;
  readonly model: string;
}

/** Both servers before and after llama-server's own wording. */
const TOO_LONG = /exceeds? the (?:available )?context|exceed_context_size|input length exceeds/i;
const MODEL_NOT_FOUND = /\bmodel\b.*\bnot found\b/is;

/** Translates an HTTP status with Ollama's own words for it. */
export function statusError(status: number, text: string, place: ModelPlace): OpsError {
  const details = { ...place, status };
  const cause = new Error(`Ollama answered ${status}: ${text.slice(0, 500)}`);
  if (status === 404 && MODEL_NOT_FOUND.test(text)) {
    return new OpsError('unavailable', 'Ollama does not have the model', {
      retryable: false,
      userMessage: `The model ${place.model} is not on the Ollama server (run: ollama pull ${place.model}).`,
      details: { ...details, reason: 'model_not_found' },
      cause,
    });
  }
  if (TOO_LONG.test(text)) return promptTooLong(details, cause);
  if (status === 429) {
    return new OpsError('rate_limited', 'Ollama limits the rate', {
      userMessage: 'The model is asked too often just now.',
      details,
      cause,
    });
  }
  return new OpsError('unavailable', 'Ollama answered with an error', {
    retryable: status >= 500,
    userMessage: `The model server answered with an error (HTTP ${status}).`,
    details,
    cause,
  });
}

/** The prompt and the answer together do not fit. Nothing was cut. */
export function promptTooLong(details: Readonly<Record<string, unknown>>, cause?: unknown): OpsError {
  return new OpsError('invalid_input', 'the prompt does not fit into the context of the model', {
    userMessage: 'There was more to tell than the model takes at once (OLLAMA_CONTEXT_TOKENS).',
    details,
    cause,
  });
}

/** The answer cannot be used. */
export function unusableAnswer(
  reason: 'empty' | 'garbage' | 'broken_json' | 'prompt_was_cut' | 'too_much' | 'no_protocol',
  place: ModelPlace,
): OpsError {
  return new OpsError('model_output_invalid', 'the answer of the model cannot be used', {
    userMessage: UNUSABLE[reason],
    details: { ...place, reason },
  });
}

const UNUSABLE = {
  empty: 'The model answered with nothing.',
  garbage: 'The model answered with nonsense.',
  broken_json: 'The model did not keep to the form it was asked for.',
  prompt_was_cut: 'The model did not see everything it was told.',
  too_much: 'The model did not stop talking.',
  no_protocol: 'What answers at OLLAMA_HOST does not speak as Ollama does.',
} as const;

/** A limit of time was passed. */
export function silenceError({ limit, limitMs }: Expiry, place: ModelPlace): OpsError {
  const seconds = limitMs % 1_000 === 0 ? String(limitMs / 1_000) : (limitMs / 1_000).toFixed(1);
  return new OpsError('timeout', 'the model was silent for too long', {
    userMessage:
      limit === 'stall'
        ? `The model fell silent for ${seconds} s.`
        : `The model did not answer within ${seconds} s.`,
    details: { ...place, limit, limitMs },
  });
}

/** There is no connection, or it broke off before the answer's end. */
export function connectionError(cause: unknown, what: 'none' | 'broke_off', place: ModelPlace): OpsError {
  const isNone = what === 'none';
  return new OpsError('unavailable', isNone ? 'Ollama cannot be reached' : 'the answer broke off', {
    userMessage: isNone
      ? `The model server at ${place.host} cannot be reached.`
      : 'The answer of the model broke off.',
    details: { ...place },
    cause,
  });
}
