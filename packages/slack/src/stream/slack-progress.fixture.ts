import { setTimeout as wait } from 'node:timers/promises';
import {
  type Clock,
  type Conversation,
  type ConversationId,
  type CorrelationId,
  type MessageId,
  OpsError,
  type Reply,
  type Request,
  type RequestId,
  type RequestProgress,
  type ShownMessage,
} from '@jamie/core';
import {
  createSlackEmulator,
  FakeLiveStreams,
  NO_PACE,
  RecordingLogger,
  type SlackEmulator,
  type SlackEmulatorOptions,
} from '@jamie/testing';
import { createSlackNotifier } from '../notifier/slack-notifier.ts';
import { createSessionStatus } from '../status/session-status.ts';
import { createSingleWorkspace } from '../workspaces/single-workspace.ts';
import { createAnswerStreams } from './answer-streams.ts';
import { createSlackProgress, type SlackWork } from './slack-progress.ts';
import { sweepStreams } from './sweep-streams.ts';

/** So many milliseconds of a scaled clock go by in each real one: little enough for a busy machine to keep up. */
const SCALE = 15;
/** Where nothing but time goes by. */
const FAST_SCALE = 100;

/** A clock on which six minutes take seconds, while servers on loopback keep their own pace. */
class ScaledClock implements Clock {
  #scale = SCALE;
  #from = { real: performance.now(), scaled: Date.now() };

  now(): number {
    return Math.floor(this.#from.scaled + (performance.now() - this.#from.real) * this.#scale);
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    const options = signal === undefined ? {} : { signal };
    await wait(durationMs / this.#scale, undefined, options).catch((error: unknown) => {
      throw new OpsError('cancelled', 'sleep was cancelled', { cause: error });
    });
  }

  /** Lets the time of this work go by faster. */
  async fast<T>(work: () => Promise<T>): Promise<T> {
    this.#runAt(FAST_SCALE);
    try {
      return await work();
    } finally {
      this.#runAt(SCALE);
    }
  }

  #runAt(scale: number): void {
    this.#from = { real: performance.now(), scaled: this.now() };
    this.#scale = scale;
  }
}

/** An emulated Slack, one request in a thread of it, and processes that work on the request. */
export class ProgressWorld {
  readonly clock = new ScaledClock();
  readonly streams = new FakeLiveStreams();
  readonly logger = new RecordingLogger();
  readonly slack: SlackEmulator;
  readonly stopped: SlackWork[] = [];
  readonly #begun: RequestProgress[] = [];
  threadTs = '';

  constructor(options: Partial<SlackEmulatorOptions> = {}) {
    this.slack = createSlackEmulator({ mode: 'socket', clock: this.clock, ...options });
  }

  async start(): Promise<void> {
    await this.slack.start();
    this.threadTs = this.slack.mention({ user: 'U1', channel: 'C1', text: 'why?' });
  }

  /** Ends what works on, also in processes that died, and the emulator. */
  async stop(): Promise<void> {
    await Promise.all(this.#begun.map((progress) => progress.end()));
    await this.slack.stop();
  }

  /** What one process of the program has: they share the streams, and nothing else. */
  process() {
    const { clock, streams, logger } = this;
    const access = { botToken: this.slack.botToken, slackApiUrl: this.slack.apiUrl, timeoutMs: 10_000 };
    const workspaces = createSingleWorkspace({ ...access, logger });
    const shared = { workspaces, streams, clock, logger };
    const sessions = createSessionStatus();
    const onStopped = (work: SlackWork) => this.stopped.push(work);
    const progress = createSlackProgress({ ...shared, sessions, onStopped });
    const settle = (requestId: RequestId) => progress.settle(requestId);
    const answerStreams = createAnswerStreams({ streams, logger, sessions, settle });
    return {
      progress,
      notifier: createSlackNotifier({ ...shared, pace: NO_PACE, answerStreams }),
      begin: () => {
        const begun = progress.begin(this.work);
        this.#begun.push(begun);
        return begun;
      },
      sweep: (isAnswered: boolean) => sweepStreams({ ...shared, isAnswered: async () => isAnswered }),
    };
  }

  get work(): SlackWork {
    return { request: this.#request, conversation: this.#conversation };
  }

  answer(headline: string, traits: Partial<Reply> = {}): ShownMessage {
    const reply: Reply = {
      tone: 'answer',
      headline,
      sections: [{ kind: 'list', items: ['It exits with code 1.'] }],
      proposals: [],
      ...traits,
    };
    return {
      conversation: this.#conversation,
      message: {
        id: 'm_1' as MessageId,
        conversationId: this.#conversation.id,
        requestId: this.#request.id,
        author: 'jamie',
        authorName: 'Jamie',
        body: { kind: 'reply', reply },
        at: this.clock.now(),
        version: 1,
      },
    };
  }

  /** Our messages in the thread, oldest first. */
  get ours() {
    return this.slack.transcript('C1').filter(({ isOurs }) => isOurs);
  }

  /** Everything that stands in our messages, in blocks and text, without what makes it safe. */
  get words(): string {
    return this.ours
      .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`)
      .join('\n')
      .replaceAll('\u2060', '');
  }

  called(method: string): number {
    return this.slack.calls.filter((call) => call.method === method).length;
  }

  get #request(): Request {
    return {
      id: 'r_1' as RequestId,
      conversationId: this.#conversation.id,
      correlationId: 'x_1' as CorrelationId,
      principal: { id: 'ada', displayName: 'Ada', kubernetes: { user: 'ada', groups: [] }, source: 'slack' },
      slackPerson: { teamId: this.slack.workspace.teamId, userId: 'U1' },
      form: 'sentence',
      text: 'why?',
      receivedAt: 0,
      status: 'open',
      version: 1,
    };
  }

  get #conversation(): Conversation {
    const { teamId } = this.slack.workspace;
    return {
      id: 'c_1' as ConversationId,
      place: { surface: 'slack', teamId, channelId: 'C1', threadTs: this.threadTs },
      createdAt: 0,
      version: 1,
    };
  }
}
