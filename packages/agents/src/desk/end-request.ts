import {
  type Conversation,
  canonicalJson,
  type Digest,
  type JsonObject,
  type Message,
  type Reply,
  type Request,
  type StoreChange,
  showJob,
} from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import type { Outcome } from '../commands/outcome.ts';
import { answerIdOf } from './answer-id.ts';

/** Everything that ends a request: its end, what the outcome stores, the answer and the job that shows it. One commit. */
export function endRequestChanges(
  context: Pick<AgentsContext, 'clock' | 'digest'>,
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
        details: {
          requestId: request.id,
          tone: outcome.reply.tone,
          headline: outcome.reply.headline,
          ...evidenceFacts(outcome.reply, context.digest),
        },
      },
    },
  ];
}

/** What the answer cites, as a digest: enough to show later that this is what was seen, and nothing of what it says. */
function evidenceFacts({ sections }: Reply, digest: Digest): JsonObject {
  const cited = sections.flatMap((section) => (section.kind === 'evidence' ? section.evidence : []));
  if (cited.length === 0) return {};
  return { evidence: { observations: cited.length, digest: digest(canonicalJson(cited)) } };
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
    id: answerIdOf(request.id),
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
      job: showJob(message, message.version, request.correlationId),
    },
  ];
}
