import { parentPort, workerData } from 'node:worker_threads';
import { type Clock, isOpsError, type Logger, OpsError, toOpsError } from '@jamie/core';
import { randomIds, systemClock } from '@jamie/runtime';
import {
  answerDelivery,
  createHttpReceiver,
  createSocketReceiver,
  type HttpReceiver,
  type Receiver,
  type ReceiverEvents,
  toInboxDelivery,
} from '@jamie/slack';
import { openThreadStorage, type ThreadStorage } from './open-thread-storage.ts';
import { openInstallDesk, withInstallServer } from './serve-installs.ts';
import { createSuggestionQuestions } from './suggestion-questions.ts';
import type {
  ReceiverThreadSettings,
  ThreadCommand,
  ThreadFailure,
  ThreadMessage,
} from './thread-messages.ts';

const RETRY_START_MS = [1_000, 5_000, 30_000];

/** A logger that hands its lines to the main thread, whose logger redacts and writes them. */
function createThreadLogger(bound: Readonly<Record<string, unknown>> = {}): Logger {
  const write =
    (level: Extract<ThreadMessage, { kind: 'log' }>['level']) =>
    (message: string, fields = {}) => {
      tell({ kind: 'log', level, message, fields: cloneable({ ...bound, ...fields }) });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => createThreadLogger({ ...bound, ...fields }),
  };
}

function cloneable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = Object.entries(fields).map(([key, value]) => [
    key,
    value instanceof Error ? value.message : value,
  ]);
  return JSON.parse(JSON.stringify(Object.fromEntries(plain))) as Record<string, unknown>;
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

function toFailure(error: OpsError): ThreadFailure {
  const { code, message, userMessage } = error;
  return { code, message, ...(userMessage === undefined ? {} : { userMessage }) };
}

function createReceiver(
  settings: ReceiverThreadSettings,
  events: ReceiverEvents,
  storage: ThreadStorage,
  logger: Logger,
): Receiver | HttpReceiver {
  const { transport, installs } = settings;
  const desk =
    installs && openInstallDesk(installs, storage, logger, (teamId) => tell({ kind: 'installed', teamId }));
  if (transport.mode === 'http') {
    const served = desk === undefined ? {} : { installs: desk };
    return createHttpReceiver({ ...events, ...transport, ...served, clock: systemClock });
  }
  const socket = createSocketReceiver({
    ...events,
    appToken: transport.appToken,
    ...(transport.slackApiUrl === undefined ? {} : { slackApiUrl: transport.slackApiUrl }),
    ...(settings.reconnectDelaysMs === undefined ? {} : { reconnectDelaysMs: settings.reconnectDelaysMs }),
    clock: systemClock,
    logger,
  });
  return installs === undefined || desk === undefined ? socket : withInstallServer(socket, desk, installs);
}

async function startUntilItWorks(
  receiver: Receiver | HttpReceiver,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await receiver.start();
      tell({ kind: 'started', ...('port' in receiver ? { port: receiver.port } : {}) });
      return;
    } catch (error) {
      const failure = toOpsError(error);
      tell({ kind: 'started', failure: toFailure(failure) });
      tell({ kind: 'health', health: { kind: 'down', reason: failure.userMessage ?? failure.message } });
    }
    await clock.sleep(RETRY_START_MS[Math.min(attempt, RETRY_START_MS.length - 1)] ?? 30_000, signal);
  }
}

async function main(): Promise<void> {
  if (parentPort === null) throw new OpsError('internal', 'the receiver thread runs in a worker only');
  const settings = workerData as ReceiverThreadSettings;
  const logger = createThreadLogger({ component: 'receiver' });
  const storage = await openThreadStorage(settings, logger);
  const questions = createSuggestionQuestions(systemClock, tell);
  const events: ReceiverEvents = {
    answer: (payload) => answerDelivery(payload, questions.ask),
    async store(payload) {
      const receipt = {
        id: randomIds.next('inbox'),
        transport: settings.transport.mode,
        receivedAt: systemClock.now(),
      };
      if ((await storage.inbox.put(toInboxDelivery(payload, receipt))) === 'stored') tell({ kind: 'stored' });
    },
    onHealth: (health) => tell({ kind: 'health', health }),
    onTrouble: (error) => logger.warn('slack receiver had trouble', { code: error.code, err: error }),
  };
  const receiver = createReceiver(settings, events, storage, logger);
  const stopping = new AbortController();
  parentPort.on('message', (command: ThreadCommand) => {
    if (command.kind === 'suggestions') return questions.answer(command);
    stopping.abort();
    void receiver
      .stop()
      .then(() => storage.close())
      // Ends this thread alone; a socket whose peer does not answer would keep it for half a minute.
      .finally(() => process.exit(0));
  });
  try {
    await startUntilItWorks(receiver, systemClock, stopping.signal);
  } catch (error) {
    if (!isOpsError(error, 'cancelled')) throw error;
  }
}

await main();
