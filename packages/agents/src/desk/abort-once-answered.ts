import type { RequestId } from '@jamie/core';
import { isOpsError, toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';

/** How often a run looks whether its request has been answered elsewhere: a stop has to take effect within a second. */
const LOOK_EVERY_MS = 500;

/**
 * Aborts what runs here for a request as soon as it is answered elsewhere: somebody stopped it in another process.
 * Returns how to end the looking. For haste only: the end of a request is one commit, and that decides.
 */
export function abortOnceAnswered(context: AgentsContext, requestId: RequestId): () => void {
  const over = new AbortController();
  watch(context, requestId, over.signal).catch((error: unknown) => {
    if (over.signal.aborted || isOpsError(error, 'cancelled')) return;
    context.logger.warn('nobody looks any more whether a request was stopped', { requestId, err: error });
  });
  return () => over.abort();
}

async function watch(context: AgentsContext, requestId: RequestId, signal: AbortSignal): Promise<void> {
  for (;;) {
    await context.clock.sleep(LOOK_EVERY_MS, signal);
    if (await isAnswered(context, requestId)) {
      context.running.abort(requestId);
      return;
    }
  }
}

/** A store that is away for a moment says nothing; the next look asks again. */
async function isAnswered(context: AgentsContext, requestId: RequestId): Promise<boolean> {
  try {
    return (await context.store.findRequest(requestId))?.status === 'answered';
  } catch (error) {
    if (!toOpsError(error).retryable) throw error;
    return false;
  }
}
