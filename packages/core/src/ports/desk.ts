import type { ConversationId, MessageId, PlanId, RequestId } from '../ids.ts';
import type { PlanCard } from '../operations/plan-card.ts';
import type { Principal } from '../principal.ts';
import type { Conversation, ConversationPlace, Message } from '../requests/conversation.ts';
import type { SlackPerson } from '../requests/slack-person.ts';

/** What somebody asks for, from any surface. */
export interface Submission {
  /** The same key is the same request, however often it is submitted: a Slack delivery id, a client's UUID. */
  readonly idempotencyKey: string;
  readonly principal: Principal;
  readonly place: ConversationPlace;
  readonly form: 'command' | 'sentence';
  readonly text: string;
  /** Who asked, where it was asked in Slack. */
  readonly slackPerson?: SlackPerson;
  /** The inbox delivery that this submission finishes, in the same commit. */
  readonly inboxId?: string;
}

export interface Submitted {
  readonly requestId: RequestId;
  readonly conversationId: ConversationId;
}

/** A click or a typed decision on one plan. */
export interface Ballot {
  readonly planId: PlanId;
  /** The hash on the card that was clicked; absent when typed, then the plan's own. */
  readonly planHash?: string;
  readonly principal: Principal;
  readonly decision: 'approve' | 'deny';
  readonly reason?: string;
  readonly inboxId?: string;
}

/** `counted`: the vote stands, decisive or not. `refused`: it does not, and the message says why and who can help. */
export interface BallotResult {
  readonly kind: 'counted' | 'refused';
  readonly message: string;
}

/** A message as it is to be shown now, with its live card where it shows a plan. */
export interface ShownMessage {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly card?: PlanCard;
  /** Who asked for it in Slack; absent for what nobody asked for there. */
  readonly asker?: SlackPerson;
}

/**
 * Where every surface (Slack, page, API, CLI) hands in requests and votes and reads what to show. Requests are
 * durable when submit returns; answers appear as messages of the conversation.
 */
export interface Desk {
  submit(submission: Submission): Promise<Submitted>;
  vote(ballot: Ballot): Promise<BallotResult>;
  /** Throws not_found. */
  readCard(planId: PlanId): Promise<PlanCard>;
  findConversationAt(place: ConversationPlace): Promise<Conversation | undefined>;
  /** Oldest first. */
  readTranscript(conversationId: ConversationId): Promise<readonly ShownMessage[]>;
  /** What a request has brought so far, the person's own words included, oldest first; empty for an unknown one. */
  readRequest(requestId: RequestId): Promise<readonly ShownMessage[]>;
  findShown(messageId: MessageId): Promise<ShownMessage | undefined>;
  /** Calls back whenever a message of any conversation is new or has changed. For live pages, never for truth. */
  onShown(listener: (shown: ShownMessage) => void): () => void;
}
