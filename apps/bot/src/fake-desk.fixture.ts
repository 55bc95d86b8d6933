import type {
  Ballot,
  BallotResult,
  Conversation,
  ConversationId,
  ConversationPlace,
  Desk,
  Feedback,
  FeedbackResult,
  HomeSummary,
  MessageId,
  Notifier,
  PlanCard,
  PlanEditReading,
  PlanId,
  Reply,
  RequestId,
  ShownMessage,
  StopPress,
  Submission,
  Suggestion,
  SuggestionQuery,
} from '@jamie/core';
import { canonicalJson, OpsError } from '@jamie/core';
import { aHomeCluster, aHomePlan, aHomeSummary } from '@jamie/testing';

/**
 * A desk that answers `scale …` with a card, what it was given a reply for with that reply, and everything else with an
 * echo, once per idempotency key.
 */
export class FakeDesk implements Desk {
  readonly submissions: Submission[] = [];
  readonly ballots: Ballot[] = [];
  readonly stops: StopPress[] = [];
  readonly feedback: Feedback[] = [];
  /** Where Slack shows the cards, by plan. */
  readonly links = new Map<PlanId, string>();
  readonly cards = new Map<PlanId, PlanCard>();
  /** By the text of the request. */
  readonly replies = new Map<string, Reply>();
  /** Every call of submit, repeats too. */
  calls = 0;
  /** Fails this many of the next submissions, as a full disk would. */
  failures = 0;
  /** What a person's page shows beside the plans that wait. */
  home: Partial<HomeSummary> = { clusters: [aHomeCluster()] };
  /** Whose pages were read. */
  readonly homesRead: string[] = [];
  readonly suggestions: Suggestion[] = [];
  readonly asked: SuggestionQuery[] = [];
  readonly #listeners = new Set<(shown: ShownMessage) => void>();
  readonly #shown: ShownMessage[] = [];
  readonly #conversations = new Map<string, Conversation>();
  readonly #finish: (inboxId: string) => Promise<void>;
  #notifier: Notifier | undefined;

  constructor(finish: (inboxId: string) => Promise<void>) {
    this.#finish = finish;
  }

  /** Answers go through this from now on. */
  useNotifier(notifier: Notifier): void {
    this.#notifier = notifier;
  }

  async submit(submission: Submission) {
    this.calls += 1;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new OpsError('unavailable', 'the disk is full');
    }
    const conversation = this.#conversationAt(submission.place);
    const requestId = `request_${submission.idempotencyKey}` as RequestId;
    const isNew = this.submissions.every((other) => other.idempotencyKey !== submission.idempotencyKey);
    if (isNew) {
      this.submissions.push(submission);
      await this.#answer(submission, conversation, requestId);
    }
    if (submission.inboxId !== undefined) await this.#finish(submission.inboxId);
    return { requestId, conversationId: conversation.id };
  }

  async vote(ballot: Ballot): Promise<BallotResult> {
    this.ballots.push(ballot);
    const card = await this.readCard(ballot.planId);
    if (ballot.planHash !== card.planHash) {
      return { kind: 'refused', message: 'That card is out of date. Vote on the newest one.' };
    }
    if (card.status !== 'awaiting_approval') {
      return { kind: 'refused', message: `Too late: ${card.statusLine}` };
    }
    if (ballot.inboxId !== undefined) await this.#finish(ballot.inboxId);
    const status = ballot.decision === 'approve' ? 'approved' : 'denied';
    this.cards.set(card.planId, {
      ...card,
      status,
      statusLine: `${status} by ${ballot.principal.displayName}`,
      actions: [],
    });
    for (const shown of this.#shown.filter((message) => message.message.planId === card.planId)) {
      await this.#show({ ...shown, card: await this.readCard(card.planId) });
    }
    return { kind: 'counted', message: 'Counted.' };
  }

  async readEdit(planId: PlanId): Promise<PlanEditReading> {
    const { planHash, headline, status, statusLine } = await this.readCard(planId);
    if (status !== 'awaiting_approval') return { kind: 'refused', message: `Too late: ${statusLine}` };
    const field = { name: 'replicas', label: 'Replicas', kind: 'whole_number', value: '5' } as const;
    const bounds = { minimum: 0, maximum: 10_000, hint: 'A whole number from 0 to 10,000.' };
    return {
      kind: 'editable',
      form: { planId, planHash, headline, cluster: 'demo', fields: [{ ...field, ...bounds }] },
    };
  }

  async findCardLink(planId: PlanId): Promise<string | undefined> {
    return this.links.get(planId);
  }

  async recordFeedback(feedback: Feedback): Promise<FeedbackResult> {
    this.feedback.push(feedback);
    if (feedback.inboxId !== undefined) await this.#finish(feedback.inboxId);
    return { kind: 'recorded', message: 'Noted. Thank you.' };
  }

  async stop(press: StopPress): Promise<void> {
    this.stops.push(press);
    if (press.inboxId !== undefined) await this.#finish(press.inboxId);
  }

  async readHome(principal: Submission['principal']): Promise<HomeSummary> {
    this.homesRead.push(principal.id);
    const waiting = [...this.cards.values()].filter(({ status }) => status === 'awaiting_approval');
    return aHomeSummary({ waiting: waiting.map((card) => aHomePlan({ card })), ...this.home });
  }

  async readHealing(): Promise<Reply> {
    throw new OpsError('internal', 'Slack does not ask for the list of cases');
  }

  async suggest(query: SuggestionQuery): Promise<readonly Suggestion[]> {
    this.asked.push(query);
    return this.suggestions.filter(({ label }) => label.includes(query.query)).slice(0, query.limit);
  }

  async readCard(planId: PlanId): Promise<PlanCard> {
    const card = this.cards.get(planId);
    if (card === undefined) throw new OpsError('not_found', 'no such plan');
    return card;
  }

  async findConversationAt(place: ConversationPlace): Promise<Conversation | undefined> {
    return this.#conversations.get(canonicalJson(place));
  }

  async readTranscript(id: ConversationId) {
    return this.#shown.filter((shown) => shown.conversation.id === id);
  }

  async readRequest(id: RequestId) {
    return this.#shown.filter((shown) => shown.message.requestId === id);
  }

  /** Forgets every message, as retention would. */
  forgetMessages(): void {
    this.#shown.length = 0;
  }

  async findShown(id: MessageId) {
    return this.#shown.find((shown) => shown.message.id === id);
  }

  onShown(listener: (shown: ShownMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #conversationAt(place: ConversationPlace): Conversation {
    const key = canonicalJson(place);
    const known = this.#conversations.get(key);
    if (known !== undefined) return known;
    const id = `conversation_${this.#conversations.size}` as ConversationId;
    const made: Conversation = { id, place, createdAt: 0, version: 1 };
    this.#conversations.set(key, made);
    return made;
  }

  async #answer(submission: Submission, conversation: Conversation, requestId: RequestId): Promise<void> {
    const card = submission.text.startsWith('scale') ? this.#makeCard(submission.text) : undefined;
    const reply = this.replies.get(submission.text);
    const shown: ShownMessage = {
      conversation,
      ...(card === undefined ? {} : { card }),
      message: {
        id: `m_${requestId}` as MessageId,
        conversationId: conversation.id,
        requestId,
        author: 'jamie',
        authorName: 'Jamie',
        body:
          reply === undefined
            ? { kind: 'text', text: `You said: ${submission.text}` }
            : { kind: 'reply', reply },
        ...(card === undefined ? {} : { planId: card.planId }),
        at: Date.now(),
        version: 1,
      },
    };
    this.#shown.push(shown);
    await this.#show(shown);
  }

  async #show(shown: ShownMessage): Promise<void> {
    await this.#notifier?.show(shown);
    for (const listener of this.#listeners) listener(shown);
  }

  #makeCard(text: string): PlanCard {
    const planId = `p-${String(this.cards.size).padStart(8, '0')}` as PlanId;
    const card: PlanCard = {
      planId,
      planHash: 'a'.repeat(64),
      headline: `Plan for ${text}`,
      status: 'awaiting_approval',
      tier: 'low',
      statusLine: 'Waiting for one approval.',
      facts: [{ label: 'Risk', value: 'low' }],
      diff: '-  replicas: 3\n+  replicas: 5',
      warnings: [],
      votes: [],
      actions: ['approve', 'edit', 'deny'],
    };
    this.cards.set(planId, card);
    return card;
  }
}
