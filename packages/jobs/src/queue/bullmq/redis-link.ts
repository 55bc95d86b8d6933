import { type Clock, isOpsError, type Logger } from '@jamie/core';
import { Redis, type RedisOptions } from 'ioredis';
import { fromRedisError, isRefusal } from './redis-error.ts';
import { judgeRedis, type RedisFacts, type RedisVerdict, readRedisFacts } from './redis-facts.ts';
import { within } from './within.ts';

/** Longest wait for the answer to one command; a server that is well answers in a millisecond. */
const ANSWER_LIMIT_MS = 5_000;
/** Longest wait for the first connection before a start goes on without it. */
const CONNECT_LIMIT_MS = 3_000;
/** How long a connection may be idle before the system asks whether the other end is still there. */
const KEEP_ALIVE_MS = 15_000;
const MAX_RECONNECT_PAUSE_MS = 2_000;

export interface RedisLinkOptions {
  /** redis:// or rediss://; may hold a password, so it is never logged. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The connections to one Redis server. Each comes back by itself after an outage, however long; what is asked
 * meanwhile fails at once or after some seconds, never hangs.
 */
export class RedisLink {
  /** For commands that must answer now. */
  readonly client: Redis;
  readonly #options: RedisLinkOptions;
  readonly #consumers = new Map<Redis, AbortController>();
  readonly #reached = Promise.withResolvers<'ready'>();
  readonly #refused = Promise.withResolvers<never>();
  #isDown = false;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.client = this.#connect({ enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    this.client.on('ready', () => this.#tellUp());
    this.client.on('error', (error) => this.#tellDown(error));
    this.client.on('close', () => this.#tellDown(undefined));
    this.#refused.promise.catch(() => undefined);
  }

  /** `unreachable` after some seconds: then it goes on trying. Throws config_invalid when Redis turns us away. */
  async settle(): Promise<'ready' | 'unreachable'> {
    const { clock } = this.#options;
    const patience = new AbortController();
    const tooLate = clock.sleep(CONNECT_LIMIT_MS, patience.signal).then(() => 'unreachable' as const);
    try {
      return await Promise.race([this.#reached.promise, this.#refused.promise, tooLate]);
    } finally {
      tooLate.catch(() => undefined);
      patience.abort();
    }
  }

  /** Runs a command that is safe to repeat. Throws unavailable, at once or within seconds, or config_invalid. */
  async ask<Value>(command: () => Promise<Value>): Promise<Value> {
    if (this.#isDown) throw fromRedisError(new Error('redis cannot be reached'));
    try {
      return await this.#answered(this.client, command());
    } catch (error) {
      throw fromRedisError(error);
    }
  }

  /** Throws as `ask` does. */
  async readFacts(): Promise<RedisFacts> {
    const [memory, persistence] = await this.ask(() =>
      Promise.all([this.client.info('memory'), this.client.info('persistence')]),
    );
    return readRedisFacts(`${memory}\n${persistence}`);
  }

  /** A connection for a worker: its commands wait out an outage, because what they record must not be dropped. */
  openConsumer(): Redis {
    const consumer = this.#connect({ maxRetriesPerRequest: null });
    // The client tells of the outage for all; without a listener an error would end the process.
    consumer.on('error', () => undefined);
    const watch = new AbortController();
    this.#consumers.set(consumer, watch);
    this.#watchSilence(consumer, watch.signal).catch((error: unknown) => {
      if (!isOpsError(error, 'cancelled')) this.#options.logger.error('redis is not watched', { err: error });
    });
    return consumer;
  }

  closeConsumer(consumer: Redis): void {
    this.#consumers.get(consumer)?.abort();
    this.#consumers.delete(consumer);
    consumer.disconnect();
  }

  close(): void {
    this.#closed = true;
    for (const consumer of this.#consumers.keys()) this.closeConsumer(consumer);
    this.client.disconnect();
  }

  #connect(options: RedisOptions): Redis {
    return new Redis(this.#options.url, {
      ...options,
      connectTimeout: ANSWER_LIMIT_MS,
      keepAlive: KEEP_ALIVE_MS,
      retryStrategy: (times) => Math.min(MAX_RECONNECT_PAUSE_MS, times * 100),
      // After a failover the old primary refuses writes: connect anew, to whoever is primary now, and send again.
      reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    });
  }

  /** Commands of a worker wait as long as it takes, so a server that has gone without a word is looked for beside them. */
  async #watchSilence(consumer: Redis, signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#options.clock.sleep(ANSWER_LIMIT_MS, signal);
      if (consumer.status !== 'ready') continue;
      await this.#answered(consumer, consumer.ping()).catch((error: unknown) => {
        this.#options.logger.warn('a connection to redis is made anew', { err: fromRedisError(error) });
      });
    }
  }

  /** Connects anew when no answer comes: the system itself would notice a silent server after a quarter of an hour. */
  async #answered<Value>(connection: Redis, answer: Promise<Value>): Promise<Value> {
    try {
      return await within(this.#options.clock, ANSWER_LIMIT_MS, answer);
    } catch (error) {
      if (isOpsError(error, 'unavailable')) connection.disconnect(true);
      throw error;
    }
  }

  #tellUp(): void {
    if (this.#isDown) this.#options.logger.info('redis is back');
    this.#isDown = false;
    this.#reached.resolve('ready');
    // A failover or a restart may have brought other settings.
    this.readFacts().then(
      (facts) => this.#tellVerdict(judgeRedis(facts), facts),
      (error: unknown) => this.#options.logger.warn('redis did not say how it keeps work', { err: error }),
    );
  }

  #tellVerdict(verdict: RedisVerdict, facts: RedisFacts): void {
    const { logger } = this.#options;
    if (verdict.kind === 'refused') logger.error('redis may drop work when its memory is full', { ...facts });
    if (verdict.kind === 'at_risk') {
      logger.warn('redis loses the queue when it restarts; the sweeps ask again for what is owed', {
        ...facts,
        reason: verdict.reason,
      });
    }
  }

  /** Once for each outage. */
  #tellDown(error: Error | undefined): void {
    if (isRefusal(error)) this.#refused.reject(fromRedisError(error));
    if (this.#isDown || this.#closed) return;
    this.#isDown = true;
    this.#options.logger.warn('redis cannot be reached; work waits in the store', {
      ...(error !== undefined && { err: fromRedisError(error) }),
    });
  }
}
