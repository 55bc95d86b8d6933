import {
  type Ballot,
  type BallotResult,
  type Clock,
  type Conversation,
  type ConversationPlace,
  type Desk,
  type EditableField,
  type Feedback,
  type FeedbackResult,
  type HomeSummary,
  type IdSource,
  type Message,
  type MessageId,
  OpsError,
  type PlanCard,
  type PlanEditReading,
  type PlanId,
  type PlanStatus,
  planIdOf,
  type Reply,
  type RequestId,
  type ShownMessage,
  type StopPress,
  type Submission,
  type Submitted,
  type Suggestion,
  type SuggestionQuery,
} from '@jamie/core';
import { aHomePlan, aHomeSummary } from '../builders/home-builders.ts';

export interface FakeDeskOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
}

const REPLICAS_FIELD: EditableField = {
  name: 'replicas',
  label: 'Replicas',
  kind: 'whole_number',
  value: '5',
  minimum: 0,
  maximum: 10_000,
  hint: 'A whole number from 0 to 10,000.',
};

const SCALE = /^scale (\S+) (\d+)/;

/**
 * A small working desk in memory. `scale <workload> <n>` ends in a plan card, `fail …` in an error, everything else
 * in an answer that repeats the text. Answers come at once unless held; a plan moves when the test moves it.
 */
export class FakeDesk implements Desk {
  /** Everything handed in, the repeated included. */
  readonly submissions: Submission[] = [];
  readonly ballots: Ballot[] = [];
  readonly stops: StopPress[] = [];
  readonly suggestions: Suggestion[] = [];
  readonly feedback: Feedback[] = [];
  readonly #options: FakeDeskOptions;
  readonly #submitted = new Map<string, Submitted>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #messages: Message[] = [];
  readonly #cards = new Map<PlanId, PlanCard>();
  readonly #listeners = new Set<(shown: ShownMessage) => void>();
  #held: (() => void)[] | undefined;

  constructor(options: FakeDeskOptions) {
    this.#options = options;
  }

  /** Keeps answers back until release(). */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const answer of held) answer();
  }

  /** Moves a plan on, and shows its card anew. */
  movePlan(planId: PlanId, status: PlanStatus, statusLine: string): void {
    const card = this.#card(planId);
    const actions: PlanCard['actions'] = status === 'succeeded' ? ['undo'] : [];
    this.#cards.set(planId, { ...card, status, statusLine, actions });
    for (const [index, message] of this.#messages.entries()) {
      if (message.planId !== planId) continue;
      const repainted = { ...message, version: message.version + 1 };
      this.#messages[index] = repainted;
      this.#announce(repainted);
    }
  }

  async submit(submission: Submission): Promise<Submitted> {
    this.submissions.push(submission);
    const known = this.#submitted.get(submission.idempotencyKey);
    if (known !== undefined) return known;
    const conversation = this.#open(submission.place);
    const requestId = this.#options.ids.next('req') as RequestId;
    const submitted = { requestId, conversationId: conversation.id };
    this.#submitted.set(submission.idempotencyKey, submitted);
    const { text, principal } = submission;
    this.#add(submitted, 'person', principal.displayName, { kind: 'text', text });
    const answer = () => this.#answer(submitted, text);
    if (this.#held === undefined) answer();
    else this.#held.push(answer);
    return submitted;
  }

  async vote(ballot: Ballot): Promise<BallotResult> {
    this.ballots.push(ballot);
    const card = this.#card(ballot.planId);
    if (card.status !== 'awaiting_approval') {
      return { kind: 'refused', message: `This plan is decided already: ${card.statusLine}` };
    }
    if (ballot.planHash !== undefined && ballot.planHash !== card.planHash) {
      return { kind: 'refused', message: 'This plan has changed since you saw it. Look at the card again.' };
    }
    const who = ballot.principal.displayName;
    if (ballot.decision === 'deny') this.movePlan(ballot.planId, 'denied', `Denied by ${who}.`);
    else this.movePlan(ballot.planId, 'approved', `Approved by ${who}.`);
    return { kind: 'counted', message: `Your ${ballot.decision} counts.` };
  }

  /** Nothing is ever worked on here. */
  async stop(press: StopPress): Promise<void> {
    this.stops.push(press);
  }

  /** The plans that wait, and nothing of any cluster. */
  async readHome(): Promise<HomeSummary> {
    const waiting = [...this.#cards.values()].filter(({ status }) => status === 'awaiting_approval');
    return aHomeSummary({ waiting: waiting.map((card) => aHomePlan({ card })) });
  }

  /** One case that waits, whoever asks. */
  async readHealing(): Promise<Reply> {
    const rows = [['h-4k7d2m9q', 'waiting', 'p-4k7d2m9q']];
    return {
      tone: 'answer',
      headline: 'One case of self-healing is open.',
      sections: [{ kind: 'table', columns: ['Case', 'State', 'Last plan'], rows }],
      proposals: [],
      followUps: [{ label: 'Show h-4k7d2m9q', command: 'healing h-4k7d2m9q' }],
    };
  }

  /** What there is to choose, whoever asks. */
  async suggest({ query, limit }: SuggestionQuery): Promise<readonly Suggestion[]> {
    return this.suggestions.filter(({ label }) => label.includes(query)).slice(0, limit);
  }

  async readCard(planId: PlanId): Promise<PlanCard> {
    return this.#card(planId);
  }

  async readEdit(planId: PlanId): Promise<PlanEditReading> {
    const { planHash, headline, status } = this.#card(planId);
    if (status !== 'awaiting_approval') return { kind: 'refused', message: 'This plan is decided already.' };
    const form = { planId, planHash, headline, cluster: 'demo', fields: [REPLICAS_FIELD] };
    return { kind: 'editable', form };
  }

  /** Nothing of this desk stands in Slack. */
  async findCardLink(): Promise<undefined> {
    return undefined;
  }

  async recordFeedback(feedback: Feedback): Promise<FeedbackResult> {
    this.feedback.push(feedback);
    return { kind: 'recorded', message: 'Noted.' };
  }

  async findConversationAt(place: ConversationPlace): Promise<Conversation | undefined> {
    return this.#conversations.get(JSON.stringify(place));
  }

  async readTranscript(conversationId: string): Promise<readonly ShownMessage[]> {
    return this.#messages
      .filter((message) => message.conversationId === conversationId)
      .map((message) => this.#toShown(message));
  }

  async readRequest(requestId: RequestId): Promise<readonly ShownMessage[]> {
    return this.#messages
      .filter((message) => message.requestId === requestId)
      .map((message) => this.#toShown(message));
  }

  async findShown(messageId: MessageId): Promise<ShownMessage | undefined> {
    const message = this.#messages.find(({ id }) => id === messageId);
    return message === undefined ? undefined : this.#toShown(message);
  }

  onShown(listener: (shown: ShownMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #answer(submitted: Submitted, text: string): void {
    const scale = SCALE.exec(text);
    if (scale !== null) {
      const [, workload = '', replicas = ''] = scale;
      const card = this.#plan(submitted.requestId, workload, replicas);
      const reply = { ...replyWith('answer', card.headline), planId: card.planId };
      this.#add(submitted, 'jamie', 'Scarlet', { kind: 'reply', reply }, card.planId);
      return;
    }
    const reply: Reply = text.startsWith('fail')
      ? { ...replyWith('error', 'That did not work.'), referenceId: 'ref_fake' }
      : replyWith(text.startsWith('refuse') ? 'refusal' : 'answer', `You said: ${text}`);
    this.#add(submitted, 'jamie', 'Jamie', { kind: 'reply', reply: withExtras(reply, text) });
  }

  #plan(requestId: RequestId, workload: string, replicas: string): PlanCard {
    const planId = planIdOf(Buffer.from(requestId).toString('hex').slice(-10).padStart(10, '0'));
    const card: PlanCard = {
      planId,
      planHash: `hash-of-${planId}`,
      headline: `Scale ${workload} to ${replicas}`,
      status: 'awaiting_approval',
      tier: 'low',
      statusLine: 'Waits for one approval.',
      facts: [{ label: 'Risk', value: 'low' }],
      diff: `-  replicas: 3\n+  replicas: ${replicas}`,
      warnings: [],
      votes: [],
      actions: ['approve', 'deny'],
    };
    this.#cards.set(planId, card);
    return card;
  }

  #open(place: ConversationPlace): Conversation {
    const key = JSON.stringify(place);
    const known = this.#conversations.get(key);
    if (known !== undefined) return known;
    const id = this.#options.ids.next('conv') as Conversation['id'];
    const conversation = { id, place, createdAt: this.#options.clock.now(), version: 1 };
    this.#conversations.set(key, conversation);
    return conversation;
  }

  #add(
    { requestId, conversationId }: Submitted,
    author: Message['author'],
    authorName: string,
    body: Message['body'],
    planId?: PlanId,
  ): void {
    const id = this.#options.ids.next('msg') as MessageId;
    const at = this.#options.clock.now();
    const base = { id, conversationId, requestId, author, authorName, body, at, version: 1 };
    const message: Message = planId === undefined ? base : { ...base, planId };
    this.#messages.push(message);
    this.#announce(message);
  }

  #announce(message: Message): void {
    const shown = this.#toShown(message);
    for (const listener of this.#listeners) listener(shown);
  }

  #toShown(message: Message): ShownMessage {
    const conversation = [...this.#conversations.values()].find(({ id }) => id === message.conversationId);
    if (conversation === undefined) throw new OpsError('not_found', 'conversation not found');
    const card = message.planId === undefined ? undefined : this.#cards.get(message.planId);
    return card === undefined ? { message, conversation } : { message, conversation, card };
  }

  #card(planId: PlanId): PlanCard {
    const card = this.#cards.get(planId);
    if (card !== undefined) return card;
    throw new OpsError('not_found', 'plan not found', { userMessage: `There is no plan ${planId}.` });
  }
}

function replyWith(tone: Reply['tone'], headline: string): Reply {
  return { tone, headline, sections: [{ kind: 'list', items: ['one', 'two'] }], proposals: [] };
}

/** A text that begins with "choose" is answered with a choice, follow-ups and a file. */
function withExtras(reply: Reply, text: string): Reply {
  if (!text.startsWith('choose')) return reply;
  const options = ['one', 'two'].map((name) => ({ label: name, command: `why ${name}` }));
  const files = [{ name: 'all.txt', title: 'All of it', text: 'one\ntwo\n' }];
  return { ...reply, choice: { prompt: 'Which one?', options }, followUps: options, files };
}
