import type { Conversation, Message, MessageId, Reply, Request, RequestId, StoreChange } from '@jamie/core';
import { OpsError, toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { answerRequest } from '../commands/answer-request.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import type { Outcome } from '../commands/outcome.ts';

/**
 * Answers a request, once: the answer, what it stores and the request's end are one commit. Safe to repeat. On the last
 * attempt an error becomes the answer, with a reference, so that no request ends in silence.
 */
export async function handleRequest(
  context: AgentsContext,
  requestId: RequestId,
  isLastAttempt: boolean,
): Promise<void> {
  const asked = await readRequest(context, requestId);
  if (asked.request.status === 'answered') return;
  const outcome = await outcomeOf(context, asked, isLastAttempt);
  const result = await context.store.commit(endOf(context, asked, outcome));
  if (result.kind === 'committed') return;
  throw new OpsError('conflict', 'request was answered twice at once', {
    retryable: true,
    retryAfterMs: 0,
    details: { requestId, change: result.change.kind },
  });
}

async function readRequest(context: AgentsContext, requestId: RequestId): Promise<CommandRequest> {
  const request = await context.store.findRequest(requestId);
  const conversation = request && (await context.store.findConversation(request.conversationId));
  if (request !== undefined && conversation !== undefined) return { request, conversation };
  throw new OpsError('not_found', 'no such request', { details: { requestId } });
}

async function outcomeOf(
  context: AgentsContext,
  asked: CommandRequest,
  isLastAttempt: boolean,
): Promise<Outcome> {
  try {
    return await answerRequest(context, asked);
  } catch (error) {
    const failure = toOpsError(error);
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
  for (const { id } of overdue) {
    const asked = await readRequest(context, id);
    const failure = new OpsError('timeout', 'request was not answered in time', {
      userMessage:
        'I did not get this done in time, so I stopped. Ask again; if it happens twice, quote the reference.',
    });
    // A conflict means that it has been answered after all.
    await context.store.commit(endOf(context, asked, { reply: errorReply(failure, asked.request) }));
  }
  return overdue.length;
}

function errorReply(failure: OpsError, request: Request): Reply {
  const isOurs = failure.code === 'internal';
  const headline = isOurs
    ? 'That went wrong on my side; nothing was changed.'
    : (failure.userMessage ?? `I could not do that: ${failure.message}.`);
  return { tone: 'error', headline, sections: [], proposals: [], referenceId: request.correlationId };
}

function endOf(
  context: AgentsContext,
  { request, conversation }: CommandRequest,
  outcome: Outcome,
): readonly StoreChange[] {
  const now = context.clock.now();
  const answered: Request = { ...request, status: 'answered', version: request.version + 1 };
  return [
    { kind: 'request.update', request: answered, expectedVersion: request.version },
    ...(outcome.changes ?? []),
    ...(outcome.isCard === true ? [] : replyChanges(request, outcome.reply, now)),
    ...topicChanges(conversation, outcome),
    {
      kind: 'audit.append',
      entry: {
        at: now,
        kind: 'request.answered',
        actor: 'jamie',
        correlationId: request.correlationId,
        details: { requestId: request.id, tone: outcome.reply.tone, headline: outcome.reply.headline },
      },
    },
  ];
}

/** What the conversation is about from now on. What was spoken of on another cluster is not on this one. */
function topicChanges(before: Conversation, { cluster, focus }: Outcome): readonly StoreChange[] {
  if (cluster === undefined && focus === undefined) return [];
  const { focus: formerFocus, ...rest } = before;
  const isElsewhere = cluster !== undefined && cluster !== before.cluster;
  const kept = focus ?? (isElsewhere ? undefined : formerFocus);
  const conversation = {
    ...rest,
    ...(cluster !== undefined && { cluster }),
    ...(kept !== undefined && { focus: kept }),
    version: before.version + 1,
  };
  return [{ kind: 'conversation.update', conversation, expectedVersion: before.version }];
}

function replyChanges(request: Request, reply: Reply, now: number): readonly StoreChange[] {
  const message: Message = {
    id: `m_${request.id}_answer` as MessageId,
    conversationId: request.conversationId,
    requestId: request.id,
    author: 'jamie',
    authorName: 'Jamie',
    body: { kind: 'reply', reply },
    at: now,
    version: 1,
  };
  return [
    { kind: 'message.insert', message },
    {
      kind: 'outbox.add',
      job: {
        name: 'notifications.show',
        payload: { messageId: message.id, version: message.version },
        deduplicationId: `show:${message.id}:${message.version}`,
        correlationId: request.correlationId,
      },
    },
  ];
}
