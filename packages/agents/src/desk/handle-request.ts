import type { Reply, Request, RequestId, RequestProgress } from '@jamie/core';
import { isOpsError, OpsError, toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { answerRequest } from '../commands/answer-request.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import type { Outcome } from '../commands/outcome.ts';
import { abortOnceAnswered } from './abort-once-answered.ts';
import { endRequestChanges } from './end-request.ts';
import { unlessAborted } from './unless-aborted.ts';

type StoppableRequest = CommandRequest & {
  readonly signal: AbortSignal;
  readonly progress: RequestProgress;
};

/**
 * Answers a request, once: the answer, what it stores and the request's end are one commit. Safe to repeat. On the last
 * attempt an error becomes the answer, with a reference, so that no request ends in silence. Throws cancelled when the
 * signal aborts before there is an answer; a request that somebody stopped has its answer already. What the person sees
 * of the work ends before the answer is stored, so that it cannot follow the answer.
 */
export async function handleRequest(
  context: AgentsContext,
  requestId: RequestId,
  isLastAttempt: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const asked = await readRequest(context, requestId);
  if (asked.request.status === 'answered') return;
  const run = context.running.begin(requestId, signal);
  const progress = context.progress.begin(asked);
  const stopLooking = abortOnceAnswered(context, requestId);
  try {
    await answerAndEnd(context, { ...asked, signal: run.signal, progress }, isLastAttempt);
  } catch (error) {
    if (!isOpsError(error, 'cancelled') || !(await isAnswered(context, requestId))) throw error;
  } finally {
    stopLooking();
    run.end();
    await progress.end();
  }
}

async function answerAndEnd(
  context: AgentsContext,
  asked: StoppableRequest,
  isLastAttempt: boolean,
): Promise<void> {
  const outcome = await outcomeOf(context, asked, isLastAttempt);
  await asked.progress.end();
  const result = await context.store.commit(endRequestChanges(context, asked, outcome));
  const { id } = asked.request;
  if (result.kind !== 'committed') {
    throw new OpsError('conflict', 'request was answered twice at once', {
      retryable: true,
      retryAfterMs: 0,
      details: { requestId: id, change: result.change.kind },
    });
  }
  // What a crash leaves here is swept.
  if (await context.checkpoints.has(id)) await context.checkpoints.delete(id);
}

async function isAnswered(context: AgentsContext, requestId: RequestId): Promise<boolean> {
  return (await context.store.findRequest(requestId))?.status === 'answered';
}

async function readRequest(context: AgentsContext, requestId: RequestId): Promise<CommandRequest> {
  const request = await context.store.findRequest(requestId);
  const conversation = request && (await context.store.findConversation(request.conversationId));
  if (request !== undefined && conversation !== undefined) return { request, conversation };
  throw new OpsError('not_found', 'no such request', { details: { requestId } });
}

async function outcomeOf(
  context: AgentsContext,
  asked: StoppableRequest,
  isLastAttempt: boolean,
): Promise<Outcome> {
  try {
    return await unlessAborted(asked.signal, () => answerRequest(context, asked));
  } catch (error) {
    const failure = toOpsError(error);
    if (failure.code === 'cancelled' && asked.signal.aborted) throw failure;
    if (failure.retryable && !isLastAttempt) throw failure;
    context.logger.error('request failed', {
      code: failure.code,
      requestId: asked.request.id,
      correlationId: asked.request.correlationId,
      err: failure,
    });
    return { reply: errorReply(failure, asked.request) };
  }
}

const OVERDUE_LIMIT = 100;

/**
 * Ends requests that have waited for longer than `overdueMs` with an error that says so: their job was lost for good or
 * ran out of time again and again, and nobody may wait for ever. Returns how many.
 */
export async function answerOverdue(context: AgentsContext, overdueMs: number): Promise<number> {
  const overdue = await context.store.listOpenRequests(context.clock.now() - overdueMs, OVERDUE_LIMIT);
  let ended = 0;
  for (const request of overdue) {
    const conversation = await context.store.findConversation(request.conversationId);
    if (conversation === undefined) {
      // Nobody can be told, and nobody else may wait for that.
      context.logger.error('a request has lost its conversation', { requestId: request.id });
      continue;
    }
    const asked = { request, conversation };
    ended += 1;
    const failure = new OpsError('timeout', 'request was not answered in time', {
      userMessage:
        'I did not get this done in time, so I stopped. Ask again; if it happens twice, quote the reference.',
    });
    // A conflict means that it has been answered after all.
    await context.store.commit(
      endRequestChanges(context, asked, { reply: errorReply(failure, asked.request) }),
    );
  }
  return ended;
}

function errorReply(failure: OpsError, request: Request): Reply {
  const isOurs = failure.code === 'internal';
  const headline = isOurs
    ? 'That went wrong on my side; nothing was changed.'
    : (failure.userMessage ?? `I could not do that: ${failure.message}.`);
  return { tone: 'error', headline, sections: [], proposals: [], referenceId: request.correlationId };
}
