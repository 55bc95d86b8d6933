import { OpsError } from '@jamie/core';

/** A worker that is to stop begins no step; another goes on where it left off. Throws a retryable `cancelled` then. */
export function refuseWhenStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new OpsError('cancelled', 'the worker stops before the next step', {
    retryable: true,
    retryAfterMs: 0,
  });
}
