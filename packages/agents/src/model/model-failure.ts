import { isOpsError, type OpsErrorCode, toOpsError } from '@jamie/core';

/** What to say where the adapter has no words of its own. */
const BY_CODE: Partial<Readonly<Record<OpsErrorCode, string>>> = {
  timeout: 'the model did not answer in time',
  unavailable: 'the model cannot be reached',
  rate_limited: 'the model is asked too often just now',
  invalid_input: 'there was more to tell than the model takes at once',
  model_output_invalid: 'the answer of the model could not be used',
};

/**
 * Why an answer is made without the model, as a clause for its last line: no capital, no full stop. Throws what is no
 * failure of the model: that the request was cancelled, and a configuration that somebody must mend.
 */
export function describeModelFailure(error: unknown): string {
  if (isOpsError(error, 'cancelled') || isOpsError(error, 'config_invalid')) throw error;
  const { code, userMessage } = toOpsError(error);
  if (userMessage === undefined) return BY_CODE[code] ?? 'the model failed';
  const clause = userMessage.trim().replace(/\.$/, '');
  return `${clause.charAt(0).toLowerCase()}${clause.slice(1)}`;
}
