import type { ConversationId, CorrelationId, MessageId, PlanId, RequestId } from '../ids.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import type { Principal } from '../principal.ts';
import type { Reply } from './reply.ts';
import type { SlackPerson } from './slack-person.ts';

/** Where a conversation lives, so that an answer finds its way back. */
export type ConversationPlace =
  | {
      readonly surface: 'slack';
      readonly teamId: string;
      /** A person's id stands for their direct channel. */
      readonly channelId: string;
      readonly threadTs: string;
    }
  | { readonly surface: 'local'; readonly key: string };

export interface Conversation {
  readonly id: ConversationId;
  readonly place: ConversationPlace;
  /** The cluster and object last spoken of. */
  readonly cluster?: string;
  readonly focus?: ObjectRef;
  readonly createdAt: number;
  readonly version: number;
}

/** Where a message of ours stands in Slack. `ts` is known once the post was confirmed. */
export interface SlackDelivery {
  /** Until when one worker alone may post the message for the first time. */
  readonly claimedUntil?: number;
  readonly ts?: string;
  /** The channel in which it stands, where that is not the conversation's: a direct channel with who asked. */
  readonly channelId?: string;
  /** Why it stands there: Slack's word for what the conversation's channel refused. */
  readonly movedBecause?: string;
  /** The timestamps of its second and further parts, where it is too long for one message. */
  readonly parts?: readonly string[];
  /** It stands in a message that lists several. */
  readonly isDigest?: boolean;
  /** Slack's address of the message, once it was asked for. */
  readonly permalink?: string;
  /** The version that Slack shows: message version plus, for a card, its plan's version. */
  readonly shownVersion: number;
}

export interface Message {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly requestId: RequestId;
  readonly author: 'person' | 'jamie';
  readonly authorName: string;
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'reply'; readonly reply: Reply };
  readonly planId?: PlanId;
  /**
   * Where the conversation is a whole channel of Slack: the message in whose thread this one stands. It is posted after
   * that one, or at the top where that one stands elsewhere.
   */
  readonly inThreadOf?: MessageId;
  readonly at: number;
  /** Grows with each change of what is shown, a repainted card included. */
  readonly version: number;
  readonly slack?: SlackDelivery;
}

/** What somebody asked for: stored before it is acknowledged, finished with a reply. */
export interface Request {
  readonly id: RequestId;
  readonly conversationId: ConversationId;
  readonly correlationId: CorrelationId;
  readonly principal: Principal;
  /** Who asked, where it was asked in Slack. */
  readonly slackPerson?: SlackPerson;
  /** `command`: typed after /jamie or in the CLI; `sentence`: a mention, a thread reply, the chat page. */
  readonly form: 'command' | 'sentence';
  readonly text: string;
  /** What the text is about beside its own words: data, in which names are looked for. Redacted. */
  readonly about?: string;
  /** The manifest that `apply` is about, whole. Redacted: what was redacted is refused. */
  readonly manifest?: string;
  readonly receivedAt: number;
  readonly status: 'open' | 'answered';
  readonly version: number;
}
