import type {
  BreakGlass,
  Conversation,
  ConversationId,
  ConversationPlace,
  Message,
  MessageId,
  PlanRecord,
  StoreChange,
} from '@jamie/core';
import { showJob } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

const SLACK_PERSON = /^slack:([A-Z0-9]+):([A-Z0-9]+)$/;

/**
 * Tells the owners at once, each in a direct message, that the glass was broken: by whom, for what, what it starts and
 * by when it has to be reviewed. Owners without a Slack account are named in the audit entry alone.
 */
export async function pageOwners(
  context: OperationsContext,
  record: PlanRecord,
  emergency: BreakGlass,
  owners: readonly string[],
): Promise<readonly StoreChange[]> {
  const pages = await Promise.all(
    owners.map(async (owner) => {
      const place = directPlaceOf(owner);
      return place === undefined ? [] : page(context, record, emergency, place);
    }),
  );
  return pages.flat();
}

/** A channel that is a person's id is their direct channel. */
function directPlaceOf(owner: string): ConversationPlace | undefined {
  const [, teamId, userId] = SLACK_PERSON.exec(owner) ?? [];
  if (teamId === undefined || userId === undefined) return undefined;
  return { surface: 'slack', teamId, channelId: userId, threadTs: '' };
}

async function page(
  { store, ids }: OperationsContext,
  record: PlanRecord,
  emergency: BreakGlass,
  place: ConversationPlace,
): Promise<readonly StoreChange[]> {
  const known = await store.findConversationAt(place);
  const conversation: Conversation = known ?? {
    id: ids.next('conversation') as ConversationId,
    place,
    createdAt: emergency.at,
    version: 1,
  };
  const message = messageOf(record, emergency, conversation.id, ids.next('message') as MessageId);
  return [
    ...(known === undefined ? [{ kind: 'conversation.insert', conversation } as const] : []),
    { kind: 'message.insert', message },
    { kind: 'outbox.add', job: showJob(message, message.version, record.plan.correlationId) },
  ];
}

function messageOf(
  { plan }: PlanRecord,
  { by, reason, at, reviewDueAt }: BreakGlass,
  conversationId: ConversationId,
  id: MessageId,
): Message {
  const due = new Date(reviewDueAt).toISOString();
  return {
    id,
    conversationId,
    requestId: plan.requestId,
    author: 'jamie',
    authorName: 'Scarlet',
    body: {
      kind: 'reply',
      reply: {
        tone: 'answer',
        headline: `${by.displayName} broke the glass: ${plan.headline}`,
        sections: [
          {
            kind: 'text',
            lines: [
              `Reason given: ${reason}`,
              `It starts now as ${plan.requester.kubernetes.user}, without the approvals that it needs.`,
              `A review has to be written by ${due}: review ${plan.id} what happened and why.`,
            ],
          },
        ],
        proposals: [],
        about: plan.id,
        followUps: [{ label: 'Show the plan', command: `plan ${plan.id}` }],
      },
    },
    at,
    version: 1,
  };
}
