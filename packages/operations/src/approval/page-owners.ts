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

/** What owners are told of an emergency start. */
export interface OwnersPage {
  readonly headline: string;
  readonly lines: readonly string[];
  readonly at: number;
  /** The id of the message to the owner with this index, so that a repeat finds it; absent: always another. */
  readonly idFor?: (index: number) => MessageId;
}

/**
 * Tells the owners at once, each in a direct message, that the glass was broken: by whom, for what, what it starts and
 * by when it has to be reviewed. Owners without a Slack account are named in the audit entry alone.
 */
export function pageOwners(
  context: OperationsContext,
  record: PlanRecord,
  { by, reason, at, reviewDueAt }: BreakGlass,
  owners: readonly string[],
): Promise<readonly StoreChange[]> {
  const { plan } = record;
  return messageOwners(context, record, owners, {
    headline: `${by.displayName} broke the glass: ${plan.headline}`,
    lines: [
      `Reason given: ${reason}`,
      `It starts now as ${plan.requester.kubernetes.user}, without the approvals that it needs.`,
      `A review has to be written by ${new Date(reviewDueAt).toISOString()}: review ${plan.id} what happened and why.`,
    ],
    at,
  });
}

/** What tells every owner with a Slack account the same thing about a plan, each in a direct message. */
export async function messageOwners(
  context: OperationsContext,
  record: PlanRecord,
  owners: readonly string[],
  page: OwnersPage,
): Promise<readonly StoreChange[]> {
  const messages = await Promise.all(
    owners.map(async (owner, index) => {
      const place = directPlaceOf(owner);
      return place === undefined ? [] : messageTo(context, record, place, page, index);
    }),
  );
  return messages.flat();
}

/** A channel that is a person's id is their direct channel. */
function directPlaceOf(owner: string): ConversationPlace | undefined {
  const [, teamId, userId] = SLACK_PERSON.exec(owner) ?? [];
  if (teamId === undefined || userId === undefined) return undefined;
  return { surface: 'slack', teamId, channelId: userId, threadTs: '' };
}

async function messageTo(
  { store, ids }: OperationsContext,
  { plan }: PlanRecord,
  place: ConversationPlace,
  { headline, lines, at, idFor }: OwnersPage,
  index: number,
): Promise<readonly StoreChange[]> {
  const known = await store.findConversationAt(place);
  const conversation: Conversation = known ?? {
    id: ids.next('conversation') as ConversationId,
    place,
    createdAt: at,
    version: 1,
  };
  const message: Message = {
    id: idFor?.(index) ?? (ids.next('message') as MessageId),
    conversationId: conversation.id,
    requestId: plan.requestId,
    author: 'jamie',
    authorName: 'Scarlet',
    body: {
      kind: 'reply',
      reply: {
        tone: 'answer',
        headline,
        sections: [{ kind: 'text', lines }],
        proposals: [],
        about: plan.id,
        followUps: [{ label: 'Show the plan', command: `plan ${plan.id}` }],
      },
    },
    at,
    version: 1,
  };
  return [
    ...(known === undefined ? [{ kind: 'conversation.insert', conversation } as const] : []),
    { kind: 'message.insert', message },
    { kind: 'outbox.add', job: showJob(message, message.version, plan.correlationId) },
  ];
}
