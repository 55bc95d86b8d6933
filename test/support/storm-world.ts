import { createHash } from 'node:crypto';
import { type AgentsContext, showMessage } from '@jamie/agents';
import type {
  Clock,
  ConversationId,
  JobQueue,
  JobWorker,
  Message,
  MessageId,
  RequestId,
  Store,
} from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { createEmbeddedJobQueue, createJobCatalog, JOB_CATALOG } from '@jamie/jobs';
import { randomIds } from '@jamie/runtime';
import { createSingleWorkspace, createSlackNotifier } from '@jamie/slack';
import { openSqlitePostingLine, openSqlitePostingPace, openSqliteStore } from '@jamie/store';
import {
  aConversation,
  aMessage,
  aRequest,
  createSlackEmulator,
  createTemporaryDirectory,
  FakeClock,
  RecordingLogger,
  type SlackEmulator,
} from '@jamie/testing';
import { watchInFlight } from './in-flight.ts';

/** Several processes that show messages in one workspace that limits and hides as Slack does. */
export interface StormWorld {
  readonly slack: SlackEmulator;
  readonly clock: FakeClock;
  readonly store: Store;
  readonly logger: RecordingLogger;
  /** Stores a message for a thread of the channel and asks for it to be shown. */
  tell(message: ToldMessage): Promise<MessageId>;
  /** Lets this much time pass. */
  pass(durationMs: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ToldMessage {
  readonly name: string;
  readonly channel: string;
  readonly threadTs: string;
  /** `answer`: to what a person asked; `ending`: how something ended. */
  readonly kind: 'answer' | 'ending';
}

const PROCESSES = 2;
const STEP_MS = 20;
const show = JOB_CATALOG.get('notifications.show');
const SHOW_ONLY = createJobCatalog(show === undefined ? [] : [show]);

interface Process {
  readonly database: Database;
  readonly store: Store;
  readonly queue: JobQueue;
  readonly worker: JobWorker;
}

/**
 * Time stands still while Slack answers and moves on when nothing is left to do: an hour passes in seconds, in the order
 * of a real one, however busy the machine is.
 */
export async function createStormWorld(): Promise<StormWorld> {
  const clock = new FakeClock();
  const inFlight = watchInFlight();
  const slack = createSlackEmulator({ mode: 'socket', clock, enforceTiers: true, hidesFastPosts: true });
  await slack.start();
  const directory = createTemporaryDirectory();
  const logger = new RecordingLogger();
  const open = () => openProcess(directory.path, slack, clock, logger);
  const first = open();
  const processes = [first, ...Array.from({ length: PROCESSES - 1 }, open)];
  return {
    slack,
    clock,
    store: first.store,
    logger,
    async tell(told) {
      const message = await storeMessage(first.store, slack.workspace.teamId, told, clock.now());
      await first.queue.add({
        name: 'notifications.show',
        payload: { messageId: message.id, version: 1 },
        deduplicationId: `show:${message.id}`,
        correlationId: aRequest().correlationId,
      });
      return message.id;
    },
    async pass(durationMs) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
        await inFlight.settle();
        await clock.advance(STEP_MS);
      }
      await inFlight.settle();
    },
    async stop() {
      inFlight.stop();
      for (const { worker, queue, store, database } of processes) {
        await worker.stop(0);
        await queue.close();
        await store.close();
        database.close();
      }
      await slack.stop();
      directory.remove();
    },
  };
}

function openProcess(path: string, slack: SlackEmulator, clock: Clock, logger: RecordingLogger): Process {
  const database = openDatabase({ directory: path });
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const store = openSqliteStore({ database, digest, clock });
  const queue = createEmbeddedJobQueue({
    database,
    catalog: SHOW_ONLY,
    clock,
    ids: randomIds,
    logger,
    random: Math.random,
  });
  const workspaces = createSingleWorkspace({ botToken: slack.botToken, slackApiUrl: slack.apiUrl, logger });
  const notifier = createSlackNotifier({
    workspaces,
    pace: openSqlitePostingPace({ database, clock }),
    clock,
    logger,
  });
  const postingLine = openSqlitePostingLine({ database, clock });
  const context = { store, clock, ids: randomIds, logger, postingLine } satisfies Partial<AgentsContext>;
  const worker = queue.work({
    'notifications.show': (payload, job) =>
      showMessage(context, notifier, payload['messageId'] as MessageId, job.attempt >= job.maxAttempts),
  });
  return { database, store, queue, worker };
}

async function storeMessage(
  store: Store,
  teamId: string,
  { name, channel, threadTs, kind }: ToldMessage,
  at: number,
): Promise<Message> {
  const conversationId = `conversation_${threadTs}` as ConversationId;
  const place = { surface: 'slack' as const, teamId, channelId: channel, threadTs };
  const conversation = aConversation({ id: conversationId, place, createdAt: at });
  // Known already, but for the first message of a thread.
  await store.commit([{ kind: 'conversation.insert', conversation }]);
  const requestId = `r_${name}` as RequestId;
  const request = aRequest({
    id: requestId,
    conversationId,
    slackPerson: { teamId, userId: 'U1' },
    status: 'answered',
  });
  const message = aMessage({
    id: (kind === 'answer' ? `m_${requestId}_answer` : `m_closing_${name}`) as MessageId,
    conversationId,
    requestId,
    body: {
      kind: 'reply',
      reply: {
        tone: 'answer',
        headline: `Done and verified: ${name}.`,
        sections: [{ kind: 'text', lines: ['All replicas are ready.'] }],
        proposals: [],
      },
    },
    at,
  });
  const result = await store.commit([
    { kind: 'request.insert', request },
    { kind: 'message.insert', message },
  ]);
  if (result.kind === 'conflict') throw new Error(`${message.id} was told before`);
  return message;
}
