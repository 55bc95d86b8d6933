import type { RequestId } from '@jamie/core';
import { OpsError } from '@jamie/core';

/** One run of a request in this process. */
export interface RunningRequest {
  /** Aborts when somebody stops the request, or when whoever runs it has to let go. */
  readonly signal: AbortSignal;
  end(): void;
}

/** The requests that this process works on now, so that `stop` reaches what runs and what waits for a model. */
export interface RunningRequests {
  begin(id: RequestId, parent: AbortSignal | undefined): RunningRequest;
  /** Aborts all runs of this request here; returns how many there were. */
  abort(id: RequestId): number;
}

/** One registry per process. */
export function createRunningRequests(): RunningRequests {
  const runs = new Map<RequestId, Set<AbortController>>();
  return {
    begin(id, parent) {
      const controller = new AbortController();
      const known = runs.get(id) ?? new Set();
      runs.set(id, known.add(controller));
      const signals = parent === undefined ? [controller.signal] : [controller.signal, parent];
      return {
        signal: AbortSignal.any(signals),
        end() {
          known.delete(controller);
          if (known.size === 0 && runs.get(id) === known) runs.delete(id);
        },
      };
    },
    abort(id) {
      const known = [...(runs.get(id) ?? [])];
      for (const controller of known) controller.abort(new OpsError('cancelled', 'the request was stopped'));
      return known.length;
    },
  };
}
