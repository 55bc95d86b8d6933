import type { Clock, Logger } from '@jamie/core';
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

/** A worker's connection. BullMQ duplicates it for the command that waits on the server for work. */
class ConsumerRedis extends Redis {
  /** Silence is what the duplicate waits in, and BullMQ watches that one itself. */
  override duplicate(override: Partial<RedisOptions> = {}): Redis {
    const { socketTimeout: _never, ...options } = this.options;
    return new Redis({ ...options, ...override });
  }
}

/**
 * The connections to one Redis server. Each comes back by itself after an outage, however long; what is asked
 * meanwhile fails at once or after some seconds, never hangs.
 */
export class RedisLink {
  /** For commands that must answer now. */
  readonly client: Redis;
  readonly #options: RedisLinkOptions;
  readonly #consumers = new Set<Redis>();
  readonly #reached = Promise.withResolvers<'ready'>();
  readonly #refused = Promise.withResolvers<never>();
  #isDown = false;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.client = new Redis(
      options.url,
      connectionOptions({
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        commandTimeout: ANSWER_LIMIT_MS,
      }),
    );
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

  /** Runs a command that is safe to repeat. Throws unavailable within seconds, or config_invalid. */
  async ask<Value>(command: () => Promise<Value>): Promise<Value> {
    try {
      return await within(this.#options.clock, ANSWER_LIMIT_MS, command());
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
    const consumer = new ConsumerRedis(this.#options.url, connectionOptions({ maxRetriesPerRequest: null }));
    // The client tells of the outage for all; without a listener an error would end the process.
    consumer.on('error', () => undefined);
    this.#consumers.add(consumer);
    return consumer;
  }

  closeConsumer(consumer: Redis): void {
    this.#consumers.delete(consumer);
    consumer.disconnect();
  }

  close(): void {
    this.#closed = true;
    for (const connection of [this.client, ...this.#consumers]) connection.disconnect();
    this.#consumers.clear();
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

function connectionOptions(options: RedisOptions): RedisOptions {
  return {
    ...options,
    connectTimeout: ANSWER_LIMIT_MS,
    // A server that has gone without a word is noticed by its silence, not by the system after a quarter of an hour.
    socketTimeout: ANSWER_LIMIT_MS,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (times) => Math.min(MAX_RECONNECT_PAUSE_MS, times * 100),
    // After a failover the old primary refuses writes: connect anew, to whoever is primary now, and send again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
  };
}
