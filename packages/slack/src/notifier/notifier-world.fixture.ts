import type {
  Clock,
  ConversationId,
  Message,
  MessageId,
  Notifier,
  PlanCard,
  PlanId,
  PostingPace,
  Reply,
  RequestId,
  ShowAttempt,
  ShownMessage,
  ShownPlace,
} from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import {
  createSlackEmulator,
  type EmulatedMessage,
  NO_PACE,
  RecordingLogger,
  type SlackEmulator,
  type SlackEmulatorOptions,
} from '@jamie/testing';
import { createSingleWorkspace } from '../workspaces/single-workspace.ts';
import type { DrawChart } from './attachments.ts';
import { createSlackNotifier } from './slack-notifier.ts';

export const CHANNEL = 'C1';
export const ASKER = 'U1';
/** The direct channel of the emulator with the one who asks. */
export const DIRECT = 'D1';

export interface NotifierOptions {
  readonly pace?: PostingPace;
  readonly clock?: Clock;
  readonly spacingMs?: number;
  readonly drawChart?: DrawChart;
}

/** A notifier over an emulated workspace in which U1 has asked something in C1. */
export class NotifierWorld {
  readonly slack: SlackEmulator;
  readonly logger = new RecordingLogger();
  threadTs = '';
  #made = 0;

  constructor(options: Partial<SlackEmulatorOptions> = {}) {
    this.slack = createSlackEmulator({ mode: 'socket', ...options });
  }

  async start(): Promise<void> {
    await this.slack.start();
    this.threadTs = this.slack.mention({ user: ASKER, channel: CHANNEL, text: 'why?' });
  }

  /** As another process has it: with nothing remembered. */
  notifier(options: NotifierOptions = {}): Notifier {
    const { pace = NO_PACE, clock = systemClock, spacingMs = 1_100, drawChart } = options;
    const { logger, slack } = this;
    const workspaces = createSingleWorkspace({
      botToken: slack.botToken,
      slackApiUrl: slack.apiUrl,
      timeoutMs: 10_000,
      logger,
    });
    const drawing = drawChart === undefined ? {} : { drawChart };
    return createSlackNotifier({ workspaces, pace, clock, logger, spacingMs, ...drawing });
  }

  show(shown: ShownMessage, attempt?: ShowAttempt): Promise<ShownPlace> {
    return this.notifier().show(shown, attempt);
  }

  /** A message of a conversation in the channel, asked for by U1. */
  message(body: Message['body'], traits: Partial<ShownMessage> = {}): ShownMessage {
    this.#made += 1;
    const conversationId = 'conversation_1' as ConversationId;
    const { teamId } = this.slack.workspace;
    const message: Message = {
      id: `m_${this.#made}` as MessageId,
      conversationId,
      requestId: 'r_1' as RequestId,
      author: 'jamie',
      authorName: 'Jamie',
      body,
      at: Date.now(),
      version: 1,
    };
    const place = { surface: 'slack' as const, teamId, channelId: CHANNEL, threadTs: this.threadTs };
    return {
      conversation: { id: conversationId, place, createdAt: 0, version: 1 },
      message,
      asker: { teamId, userId: ASKER },
      ...traits,
    };
  }

  reply(reply: Partial<Reply> = {}, traits: Partial<ShownMessage> = {}): ShownMessage {
    const whole: Reply = { tone: 'answer', headline: 'It crashes', sections: [], proposals: [], ...reply };
    return this.message({ kind: 'reply', reply: whole }, traits);
  }

  card(card: Partial<PlanCard> = {}): ShownMessage {
    return this.reply({}, { card: { ...OPEN_CARD, ...card } });
  }

  /** The messages of the bot in a channel. */
  ours(channel = CHANNEL): readonly EmulatedMessage[] {
    return this.slack.transcript(channel).filter(({ isOurs }) => isOurs);
  }

  called(method: string): number {
    return this.slack.calls.filter((call) => call.method === method).length;
  }

  archive(): void {
    const channel = this.slack.workspace.channels.get(CHANNEL);
    if (channel !== undefined) channel.isArchived = true;
  }
}

const OPEN_CARD: PlanCard = {
  planId: 'p-4k7d2m9q' as PlanId,
  planHash: 'f'.repeat(64),
  headline: 'Scale Deployment checkout 3 -> 5 in payments on prod-eu',
  status: 'awaiting_approval',
  tier: 'low',
  statusLine: 'Waiting for 1 approval.',
  facts: [],
  diff: '-  replicas: 3\n+  replicas: 5',
  warnings: [],
  votes: [],
  actions: ['approve', 'deny'],
};

/** The same message in a later version, where it stands now. */
export function later(shown: ShownMessage, { failure: _failure, ...place }: ShownPlace): ShownMessage {
  return { ...shown, message: { ...shown.message, slack: { ...place, shownVersion: 1 } } };
}

/** Everything that a message says, blocks included. */
export function wordsOf(message: EmulatedMessage | undefined): string {
  return `${message?.text ?? ''}\n${JSON.stringify(message?.blocks ?? [])}`;
}
