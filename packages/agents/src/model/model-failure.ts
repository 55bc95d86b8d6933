import { isOpsError, type OpsErrorCode, toOpsError } from '@jamie/core';

const WITHOUT = 'this answer was made without it.';

/** What to say where the adapter has no words of its own. */
const BY_CODE: Partial<Readonly<Record<OpsErrorCode, string>>> = {
  timeout: 'The model did not answer in time',
  unavailable: 'The model cannot be reached',
  rate_limited: 'The model is asked too often just now',
  invalid_input: 'There was more to tell than the model takes at once',
  model_output_invalid: 'The answer of the model could not be used',
};

/**
 * Why an answer was made without the model, for its last line. Throws what is no failure of the model: that the
 * request was cancelled, and a configuration that somebody must mend.
 */
export function describeModelFailure(error: unknown): string {
  if (isOpsError(error, 'cancelled') || isOpsError(error, 'config_invalid')) throw error;
  const { code, userMessage } = toOpsError(error);
  const what = userMessage?.trim().replace(/\.$/, '') ?? BY_CODE[code] ?? 'The model failed';
  return `${what}; ${WITHOUT}`;
}

/** The same for an answer that came but holds nothing of use. */
export function withoutModel(what: string): string {
  return `${what}; ${WITHOUT}`;
}
