import type { ConversationId, MessageId, PlanId, RequestId } from '../ids.ts';
import type { PlanCard } from '../operations/plan-card.ts';
import type { PlanEditReading } from '../operations/plan-edit.ts';
import type { Principal } from '../principal.ts';
import type { Conversation, ConversationPlace, Message } from '../requests/conversation.ts';
import type { Feedback, FeedbackResult } from '../requests/feedback.ts';
import type { HomeSummary } from '../requests/home-summary.ts';
import type { Reply } from '../requests/reply.ts';
import type { SlackPerson } from '../requests/slack-person.ts';
import type { Suggestion, SuggestionQuery } from '../requests/suggestion.ts';

/** What somebody asks for, from any surface. */
export interface Submission {
  /** The same key is the same request, however often it is submitted: a Slack delivery id, a client's UUID. */
  readonly idempotencyKey: string;
  readonly principal: Principal;
  readonly place: ConversationPlace;
  readonly form: 'command' | 'sentence';
  readonly text: string;
  /** What the text is about beside its own words, such as a message of others: data, in which names are looked for. */
  readonly about?: string;
  /** The manifest that `apply` is about, where it came beside the text: at most 256 KiB. */
  readonly manifest?: string;
  /** Who asked, where it was asked in Slack. */
  readonly slackPerson?: SlackPerson;
  /** The inbox delivery that this submission finishes, in the same commit. */
  readonly inboxId?: string;
}

export interface Submitted {
  readonly requestId: RequestId;
  readonly conversationId: ConversationId;
}

/** Somebody pressed the button that stops what is being worked on. */
export interface StopPress
  extends Pick<Submission, 'idempotencyKey' | 'principal' | 'place' | 'slackPerson' | 'inboxId'> {
  /** Only as long as this request waits for its answer. */
  readonly requestId?: RequestId;
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

/** Addresses in Slack, as Slack gave them. */
export interface ShownLinks {
  /** The card of the plan that the message is about. */
  readonly card?: string;
  /** The answer that proposed the plan. */
  readonly diagnosis?: string;
}

/** A message as it is to be shown now, with its live card where it shows a plan. */
export interface ShownMessage {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly card?: PlanCard;
  /** Who asked for it in Slack; absent for what nobody asked for there. */
  readonly asker?: SlackPerson;
  /** Where else in Slack to look; each only once Slack has said where that is. */
  readonly links?: ShownLinks;
}

/**
 * Where every surface (Slack, page, API, CLI) hands in requests and votes and reads what to show. Requests are
 * durable when submit returns; answers appear as messages of the conversation.
 */
export interface Desk {
  submit(submission: Submission): Promise<Submitted>;
  /**
   * Like the typed stop, but at once, whatever else waits: when it returns, what ran has its end and the person has been
   * told, or will be. Does nothing where nothing is left to stop. Safe to repeat.
   */
  stop(press: StopPress): Promise<void>;
  vote(ballot: Ballot): Promise<BallotResult>;
  /** Throws not_found. */
  readCard(planId: PlanId): Promise<PlanCard>;
  /** What this person may change of a plan that waits for a decision; `edit` is the command that asks for it. */
  readEdit(planId: PlanId, principal: Principal): Promise<PlanEditReading>;
  /** Where Slack shows the card of this plan, or of the plan in its place; undefined when it does not, or not yet. */
  findCardLink(planId: PlanId): Promise<string | undefined>;
  /** Records what somebody thinks of an answer. Once per person and answer: the latest verdict counts. */
  recordFeedback(feedback: Feedback): Promise<FeedbackResult>;
  /** What concerns this person, with their rights. Takes two seconds at most, and says what was not read by then. */
  readHome(principal: Principal): Promise<HomeSummary>;
  /** The cases of self-healing that this person may be told of, those that need people first, as one answer. */
  readHealing(principal: Principal): Promise<Reply>;
  /** What somebody may mean by what they type, best match first; nothing that they may not read. */
  suggest(query: SuggestionQuery): Promise<readonly Suggestion[]>;
  findConversationAt(place: ConversationPlace): Promise<Conversation | undefined>;
  /** Oldest first. */
  readTranscript(conversationId: ConversationId): Promise<readonly ShownMessage[]>;
  /** What a request has brought so far, the person's own words included, oldest first; empty for an unknown one. */
  readRequest(requestId: RequestId): Promise<readonly ShownMessage[]>;
  findShown(messageId: MessageId): Promise<ShownMessage | undefined>;
  /** Calls back whenever a message of any conversation is new or has changed. For live pages, never for truth. */
  onShown(listener: (shown: ShownMessage) => void): () => void;
}
