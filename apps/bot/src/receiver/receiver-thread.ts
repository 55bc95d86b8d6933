import { Worker } from 'node:worker_threads';
import { type Clock, isOpsError, type Logger, OpsError, toOpsError } from '@jamie/core';
import { NO_OPTIONS, type ReceiverHealth, type SlackPayload } from '@jamie/slack';
import type {
  ReceiverThreadSettings,
  ThreadCommand,
  ThreadFailure,
  ThreadMessage,
} from './thread-messages.ts';

export interface ReceiverThreadOptions {
  readonly settings: ReceiverThreadSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A delivery lies in the inbox. */
  onStored(): void;
  /** The app was installed in a workspace. */
  onInstalled?(teamId: string): void;
  /** The options that a select with search shows for what was typed. What fails shows none. */
  suggest(payload: SlackPayload): Promise<SlackPayload>;
  /** Waits before a thread that died is started again; the last one repeats. */
  readonly restartDelaysMs?: readonly number[];
}

/** The thread that receives from Slack, kept alive. */
export interface ReceiverThread {
  /**
   * Resolves when the first attempt to connect is over, connected or not; it keeps trying. Fails with forbidden or
   * config_invalid when trying again cannot help.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): ReceiverHealth;
  /** Where it listens, once it does. */
  readonly port: number | undefined;
}

const RESTART_DELAYS_MS = [100, 500, 2_000, 10_000];
const STOP_TIMEOUT_MS = 5_000;
const HOPELESS: ReadonlySet<string> = new Set(['forbidden', 'config_invalid']);
const ENTRY = new URL('./receiver-thread.entry.ts', import.meta.url);

/**
 * Runs the receiver in a thread of its own with its own database connection: a busy main loop does not delay an
 * acknowledgement, and a failure inside the socket client ends a thread, not the process.
 */
export function createReceiverThread(options: ReceiverThreadOptions): ReceiverThread {
  return new SupervisedThread(options);
}

class SupervisedThread implements ReceiverThread {
  readonly #options: ReceiverThreadOptions;
  readonly #stopping = new AbortController();
  #worker: Worker | undefined;
  #health: ReceiverHealth = { kind: 'down', reason: 'not started' };
  #deaths = 0;
  #announceStart: (failure?: ThreadFailure) => void = () => undefined;
  port: number | undefined;

  constructor(options: ReceiverThreadOptions) {
    this.#options = options;
  }

  health(): ReceiverHealth {
    return this.#health;
  }

  async start(): Promise<void> {
    const failure = await new Promise<ThreadFailure | undefined>((resolve) => {
      this.#announceStart = resolve;
      this.#spawn();
    });
    if (failure === undefined || !HOPELESS.has(failure.code)) return;
    await this.stop();
    const { code, message, userMessage } = failure;
    throw new OpsError(code, message, userMessage === undefined ? {} : { userMessage });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const worker = this.#worker;
    if (worker === undefined) return;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'stop' } satisfies ThreadCommand);
    const patience = new AbortController();
    await Promise.race([
      exited,
      this.#options.clock.sleep(STOP_TIMEOUT_MS, patience.signal).catch(ignoreCancelled),
    ]);
    patience.abort();
    await worker.terminate();
    this.#health = { kind: 'down', reason: 'stopped' };
  }

  #spawn(): void {
    const worker = new Worker(ENTRY, {
      workerData: this.#options.settings,
      // A test runner's own flags must not reach the thread.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker = worker;
    let lastError: Error | undefined;
    worker.on('message', (message: ThreadMessage) => this.#hear(message));
    worker.on('error', (error: Error) => {
      lastError = error;
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      if (!this.#stopping.signal.aborted) void this.#restart(lastError);
    });
  }

  async #restart(cause: Error | undefined): Promise<void> {
    const reason = `the receiver thread ended and is started again: ${cause?.message ?? 'no reason given'}`;
    this.#health = { kind: 'down', reason };
    this.#options.logger.error('receiver thread ended', { err: cause, deaths: this.#deaths + 1 });
    this.#announceStart({ code: 'unavailable', message: reason });
    const delays = this.#options.restartDelaysMs ?? RESTART_DELAYS_MS;
    const delayMs = delays[Math.min(this.#deaths, delays.length - 1)] ?? 1_000;
    this.#deaths += 1;
    await this.#options.clock.sleep(delayMs, this.#stopping.signal).catch(ignoreCancelled);
    if (!this.#stopping.signal.aborted) this.#spawn();
  }

  async #suggest(id: number, payload: SlackPayload): Promise<void> {
    const worker = this.#worker;
    let body: SlackPayload = NO_OPTIONS;
    try {
      body = await this.#options.suggest(payload);
    } catch (error) {
      this.#options.logger.warn('nothing could be suggested', { code: toOpsError(error).code, err: error });
    }
    worker?.postMessage({ kind: 'suggestions', id, body } satisfies ThreadCommand);
  }

  #hear(message: ThreadMessage): void {
    switch (message.kind) {
      case 'stored':
        this.#options.onStored();
        return;
      case 'installed':
        this.#options.onInstalled?.(message.teamId);
        return;
      case 'health':
        this.#health = message.health;
        if (message.health.kind === 'connected') this.#deaths = 0;
        return;
      case 'suggest':
        void this.#suggest(message.id, message.payload);
        return;
      case 'started':
        this.port = message.port ?? this.port;
        this.#announceStart(message.failure);
        return;
      default:
        this.#options.logger[message.level](message.message, message.fields);
    }
  }
}

function ignoreCancelled(error: unknown): void {
  if (!isOpsError(error, 'cancelled')) throw error;
}
