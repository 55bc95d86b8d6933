import type {
  BallotResult,
  Conversation,
  Message,
  PlanCard,
  PlanId,
  PlanStatus,
  Reply,
  ShownMessage,
  Submitted,
} from '@jamie/core';
import { planIdOf } from '@jamie/core';
import { cardReply, crashReply, scaleCard, unknownReply } from './page-scripts.ts';

interface PlanEntry {
  readonly change: { readonly from: number; readonly to: number };
  card: PlanCard;
}

/** What the page hands in, as it stands in the body of POST /v1/requests. */
export interface PageRequest {
  readonly text: string;
  readonly conversationKey: string;
  readonly idempotencyKey: string;
}

/** A vote as it stands in the body of POST /v1/plans/{planId}/votes. */
export interface PageBallot {
  readonly decision: string;
  readonly planHash: string;
  readonly reason?: string;
}

const AFTER_APPROVAL: readonly PlanStatus[] = ['approved', 'executing', 'verifying', 'succeeded'];

/**
 * The conversations and plans behind the page's API double. It answers by script, one step per `step()`, so that
 * whoever drives it decides when something moves.
 */
export class PageDesk {
  readonly #conversations = new Map<string, ShownMessage[]>();
  readonly #submitted = new Map<string, Submitted>();
  readonly #plans = new Map<PlanId, PlanEntry>();
  readonly #onShown: (shown: ShownMessage) => void;
  readonly #now: () => number;
  #steps: (() => void)[] = [];
  #count = 0;

  constructor(options: { readonly now: () => number; readonly onShown: (shown: ShownMessage) => void }) {
    this.#now = options.now;
    this.#onShown = options.onShown;
  }

  /** How many different requests were handed in. */
  get requestCount(): number {
    return this.#submitted.size;
  }

  submit(request: PageRequest): Submitted {
    const known = this.#submitted.get(request.idempotencyKey);
    if (known !== undefined) return known;
    const submitted = {
      requestId: this.#nextId('req'),
      conversationId: `conv_${request.conversationKey}`,
    } as Submitted;
    this.#submitted.set(request.idempotencyKey, submitted);
    this.#show(request.conversationKey, submitted, 'person', { kind: 'text', text: request.text });
    this.#steps.push(() => this.#answer(request, submitted));
    return submitted;
  }

  transcript(conversationKey: string): readonly ShownMessage[] {
    return (this.#conversations.get(conversationKey) ?? []).map((shown) => this.#withCard(shown));
  }

  card(planId: PlanId): PlanCard | undefined {
    return this.#plans.get(planId)?.card;
  }

  vote(planId: PlanId, ballot: PageBallot): BallotResult | undefined {
    const entry = this.#plans.get(planId);
    if (entry === undefined) return undefined;
    if (entry.card.status !== 'awaiting_approval' || ballot.planHash !== entry.card.planHash) {
      return { kind: 'refused', message: `This plan was decided before. ${entry.card.statusLine}` };
    }
    if (ballot.decision === 'deny') {
      this.#moveTo(planId, 'denied', ballot.reason);
      return { kind: 'counted', message: 'Your denial ended the plan.' };
    }
    for (const status of AFTER_APPROVAL) this.#steps.push(() => this.#moveTo(planId, status));
    return { kind: 'counted', message: 'Your approval counts.' };
  }

  /** Ends a plan as if somebody elsewhere had denied it. */
  denyElsewhere(planId: PlanId): void {
    this.#moveTo(planId, 'denied');
  }

  /** Lets one thing happen; false when nothing is left to happen. */
  step(): boolean {
    const next = this.#steps.shift();
    next?.();
    return next !== undefined;
  }

  #answer(request: PageRequest, submitted: Submitted): void {
    const { conversationKey, text } = request;
    const undone = this.#plans.get(text.replace(/^undo /, '') as PlanId);
    const scale = /^scale deploy\/checkout (\d+) -n shop$/.exec(text);
    if (undone !== undefined) {
      this.#plan(conversationKey, submitted, { from: undone.change.to, to: undone.change.from });
    } else if (scale !== null) {
      this.#plan(conversationKey, submitted, { from: 3, to: Number(scale[1]) });
    } else {
      const reply = text.startsWith('why') ? crashReply(this.#now()) : unknownReply(text);
      this.#show(conversationKey, submitted, 'jamie', { kind: 'reply', reply });
    }
  }

  #plan(conversationKey: string, submitted: Submitted, change: PlanEntry['change']): void {
    const digest = (0xabcdef0000 + this.#plans.size * 7919).toString(16);
    const planId = planIdOf(digest);
    const card = scaleCard(planId, change, 'awaiting_approval');
    this.#plans.set(planId, { change, card });
    const reply: Reply = cardReply(card);
    this.#show(conversationKey, submitted, 'jamie', { kind: 'reply', reply }, planId);
  }

  #moveTo(planId: PlanId, status: PlanStatus, reason?: string): void {
    const entry = this.#plans.get(planId);
    if (entry === undefined) return;
    const card = scaleCard(planId, entry.change, status);
    entry.card = reason === undefined ? card : { ...card, statusLine: deniedLine(reason) };
    for (const list of this.#conversations.values()) {
      for (const [index, shown] of list.entries()) {
        if (shown.message.planId !== planId) continue;
        const message = { ...shown.message, version: shown.message.version + 1 };
        list[index] = { ...shown, message };
        this.#onShown(this.#withCard({ ...shown, message }));
      }
    }
  }

  #show(
    conversationKey: string,
    { requestId, conversationId }: Submitted,
    author: Message['author'],
    body: Message['body'],
    planId?: PlanId,
  ): void {
    const at = this.#now();
    const conversation: Conversation = {
      id: conversationId,
      place: { surface: 'local', key: conversationKey },
      createdAt: at,
      version: 1,
    };
    const message = {
      id: this.#nextId('msg'),
      conversationId,
      requestId,
      author,
      authorName: author === 'person' ? 'You' : 'Jamie',
      body,
      at,
      version: 1,
      ...(planId === undefined ? {} : { planId }),
    } as Message;
    const list = this.#conversations.get(conversationKey) ?? [];
    this.#conversations.set(conversationKey, list);
    list.push({ message, conversation });
    this.#onShown(this.#withCard({ message, conversation }));
  }

  #withCard(shown: ShownMessage): ShownMessage {
    const card = shown.message.planId === undefined ? undefined : this.card(shown.message.planId);
    return card === undefined ? shown : { ...shown, card };
  }

  #nextId(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }
}

function deniedLine(reason: string): string {
  return `Denied by You: ${reason}. Nothing was changed.`;
}
