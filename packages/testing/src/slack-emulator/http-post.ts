import { createHmac } from 'node:crypto';
import type { Clock } from '@jamie/core';
import {
  type Acknowledgement,
  acceptsResponse,
  type Delivery,
  type DeliveryTimes,
  type Transport,
} from './delivery.ts';

export interface HttpPosterOptions {
  readonly clock: Clock;
  readonly signingSecret: string;
  readonly times: DeliveryTimes;
  requestUrl(): string | undefined;
  onAcknowledged(acknowledgement: Acknowledgement): void;
  /** Nobody took it, and it does not come again. */
  onGivenUp(delivery: Delivery): void;
}

/** Slack's signature of a body. */
export function signSlackRequest(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Sends deliveries as signed requests; events come again with retry headers until they get a 200. */
export class HttpPoster implements Transport {
  readonly #options: HttpPosterOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #inFlight = 0;
  #losesAnswer = false;
  /** Added to the timestamp of every request, to imitate a clock that is wrong. */
  skewSeconds = 0;

  constructor(options: HttpPosterOptions) {
    this.#options = options;
  }

  /** Loses the next answer of the app, as when the connection breaks in it: the delivery comes again. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  get pending(): number {
    return this.#inFlight + this.#timers.size;
  }

  send(delivery: Delivery): void {
    void this.#attempt(delivery, 0);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #attempt(delivery: Delivery, attempt: number): Promise<void> {
    this.#inFlight += 1;
    const startedAt = performance.now();
    const result = await this.#post(delivery, attempt);
    this.#inFlight -= 1;
    if (result.kind === 'taken') {
      const latencyMs = performance.now() - startedAt;
      const said = acceptsResponse(delivery) ? { response: readAnswer(result.text) } : {};
      this.#options.onAcknowledged({ ...delivery, attempt, latencyMs, ...said });
      return;
    }
    const delayMs = this.#options.times.retryDelaysMs[attempt];
    if (delivery.kind !== 'events_api' || delayMs === undefined || result.isFinal) {
      this.#options.onGivenUp(delivery);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(delivery, attempt + 1);
    }, delayMs);
    this.#timers.add(timer);
  }

  async #post(delivery: Delivery, attempt: number): Promise<Posted> {
    const url = this.#options.requestUrl();
    if (url === undefined) return failed('connection_failed');
    const { body, contentType } = encode(delivery);
    const timestamp = Math.floor(this.#options.clock.now() / 1000) + this.skewSeconds;
    const retry =
      attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' };
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': contentType,
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': signSlackRequest(this.#options.signingSecret, timestamp, body),
          ...retry,
        },
        signal: AbortSignal.timeout(this.#options.times.ackTimeoutMs),
      });
      if (this.#losesAnswer) {
        this.#losesAnswer = false;
        return failed('connection_failed');
      }
      const text = await response.text();
      if (response.status === 200) return { kind: 'taken', text };
      return { ...failed('http_error'), isFinal: response.headers.get('x-slack-no-retry') === '1' };
    } catch (error) {
      return failed(
        error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed',
      );
    }
  }
}

/** How one post ended; a failure with Slack's word for it, final when the app wants no more of it. */
type Posted =
  | { readonly kind: 'taken'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isFinal: boolean };

function failed(reason: string): Posted & { readonly kind: 'failed' } {
  return { kind: 'failed', reason, isFinal: false };
}

/** What the app said with its 200: an object, or text that a person reads. */
function readAnswer(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function encode(delivery: Delivery): { readonly body: string; readonly contentType: string } {
  if (delivery.kind === 'events_api') {
    return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  }
  const fields =
    delivery.kind === 'interactive'
      ? { payload: JSON.stringify(delivery.payload) }
      : (delivery.payload as Record<string, string>);
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}
