import type { Clock } from '@jamie/core';
import {
  type Acknowledgement,
  acceptsResponse,
  type Delivery,
  type DeliveryTimes,
  type Transport,
} from './delivery.ts';
import type { DeliveryFaults } from './delivery-faults.ts';
import { DeliveryOrder } from './delivery-order.ts';
import { encodeDelivery, type Forgery, type SignedRequest, signRequest } from './signed-request.ts';

export interface HttpPosterOptions {
  readonly clock: Clock;
  readonly signingSecret: string;
  readonly times: DeliveryTimes;
  readonly faults: DeliveryFaults;
  requestUrl(): string | undefined;
  onAcknowledged(acknowledgement: Acknowledgement): void;
  /** Nobody took it, and it does not come again. */
  onGivenUp(delivery: Delivery): void;
}

/** Slack's words for why it sends again: docs.slack.dev/apis/events-api, header X-Slack-Retry-Reason. */
type RetryReason = 'http_timeout' | 'too_many_redirects' | 'connection_failed' | 'http_error';

/** How one post ended; a failure is final when the app wants no more of it. */
type Posted =
  | { readonly kind: 'taken'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: RetryReason; readonly isFinal: boolean };

interface Retry {
  readonly attempt: number;
  readonly reason: RetryReason;
}

/** Sends deliveries as signed requests; events come again with retry headers until they get a 200. */
export class HttpPoster implements Transport {
  readonly #options: HttpPosterOptions;
  readonly #order: DeliveryOrder<Delivery>;
  readonly #stopping = new AbortController();
  #last: SignedRequest | undefined;
  #inFlight = 0;
  #waiting = 0;
  #losesAnswer = false;
  /** Added to the timestamp of every request, to imitate a clock that is wrong. */
  skewSeconds = 0;

  constructor(options: HttpPosterOptions) {
    this.#options = options;
    this.#order = new DeliveryOrder(options.clock, options.faults, (delivery) => {
      void this.#attempt(delivery, undefined);
    });
  }

  /** Loses the next answer of the app, as when the connection breaks in it: the delivery comes again. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  get pending(): number {
    return this.#inFlight + this.#waiting + this.#order.heldCount;
  }

  send(delivery: Delivery): void {
    this.#order.take(delivery);
  }

  stop(): void {
    this.#stopping.abort();
    this.#order.stop();
  }

  /** Posts once what Slack would not have sent so; answers with the status. */
  async sendForged(delivery: Delivery, forgery: Forgery): Promise<number> {
    const request = signRequest(encodeDelivery(delivery), { ...this.#signing(), forgery });
    return (await this.#fetch(request)).status;
  }

  /** Posts the last request once more, byte for byte, as somebody could who has seen it; answers with the status. */
  async replayLast(): Promise<number> {
    if (this.#last === undefined) throw new Error('nothing was posted yet');
    return (await this.#fetch(this.#last)).status;
  }

  /** Asks the app to prove that the URL is its own. True when it answers with the challenge. */
  async verifyUrl(): Promise<boolean> {
    const challenge = `challenge-${this.#options.clock.now()}`;
    const body = JSON.stringify({ token: 'verification-token', challenge, type: 'url_verification' });
    const request = signRequest({ body, contentType: 'application/json' }, this.#signing());
    const response = await this.#fetch(request);
    return response.status === 200 && (await response.text()).includes(challenge);
  }

  /** Asks whether the app's certificate is good, as Slack does for commands from time to time; answers with the status. */
  async checkSsl(): Promise<number> {
    const body = new URLSearchParams({ token: 'verification-token', ssl_check: '1' }).toString();
    const contentType = 'application/x-www-form-urlencoded';
    return (await this.#fetch(signRequest({ body, contentType }, this.#signing()))).status;
  }

  async #attempt(delivery: Delivery, retry: Retry | undefined): Promise<void> {
    this.#inFlight += 1;
    const startedAt = performance.now();
    const posted = await this.#post(delivery, retry);
    this.#inFlight -= 1;
    if (this.#stopping.signal.aborted) return;
    const attempt = retry?.attempt ?? 0;
    if (posted.kind === 'taken') {
      const latencyMs = performance.now() - startedAt;
      const said = acceptsResponse(delivery) ? { response: readAnswer(posted.text) } : {};
      if (this.#options.faults.takeDuplicate()) void this.#post(delivery, repeated(attempt));
      this.#options.onAcknowledged({ ...delivery, attempt, latencyMs, ...said });
      return;
    }
    const delayMs = this.#options.times.retryDelaysMs[attempt];
    if (delivery.kind !== 'events_api' || delayMs === undefined || posted.isFinal) {
      this.#options.onGivenUp(delivery);
      return;
    }
    this.#retryLater(delivery, { attempt: attempt + 1, reason: posted.reason }, delayMs);
  }

  #retryLater(delivery: Delivery, retry: Retry, delayMs: number): void {
    this.#waiting += 1;
    this.#options.clock.sleep(delayMs, this.#stopping.signal).then(
      () => {
        this.#waiting -= 1;
        void this.#attempt(delivery, retry);
      },
      () => undefined,
    );
  }

  async #post(delivery: Delivery, retry: Retry | undefined): Promise<Posted> {
    const signed = signRequest(encodeDelivery(delivery), this.#signing());
    const request = { ...signed, headers: { ...signed.headers, ...retryHeaders(retry) } };
    try {
      const response = await this.#fetch(request);
      const text = await response.text();
      if (this.#isAnswerLost()) return failed('connection_failed');
      if (response.status === 200) return { kind: 'taken', text };
      const reason = response.status >= 300 && response.status < 400 ? 'too_many_redirects' : 'http_error';
      return { ...failed(reason), isFinal: response.headers.get('x-slack-no-retry') === '1' };
    } catch (error) {
      return failed(error instanceof NoAnswer ? 'http_timeout' : 'connection_failed');
    }
  }

  #isAnswerLost(): boolean {
    const isLost = this.#losesAnswer || this.#options.faults.takeAckFault() !== 'none';
    this.#losesAnswer = false;
    return isLost;
  }

  #signing() {
    const { clock, signingSecret } = this.#options;
    return { signingSecret, timestamp: Math.floor(clock.now() / 1_000) + this.skewSeconds };
  }

  async #fetch({ body, headers }: SignedRequest): Promise<Response> {
    const url = this.#options.requestUrl();
    if (url === undefined) throw new Error('nobody listens');
    this.#last = { body, headers };
    const { clock, times } = this.#options;
    const ending = new AbortController();
    const settled = new AbortController();
    const signal = AbortSignal.any([ending.signal, this.#stopping.signal]);
    clock.sleep(times.ackTimeoutMs, settled.signal).then(
      () => ending.abort(new NoAnswer('no answer in time')),
      () => undefined,
    );
    try {
      return await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
    } finally {
      settled.abort();
    }
  }
}

/** The app took longer than Slack waits. */
class NoAnswer extends Error {}

function failed(reason: RetryReason): Posted & { readonly kind: 'failed' } {
  return { kind: 'failed', reason, isFinal: false };
}

/** As when the app's 200 came too late for Slack. */
function repeated(attempt: number): Retry {
  return { attempt: attempt + 1, reason: 'http_timeout' };
}

function retryHeaders(retry: Retry | undefined): Readonly<Record<string, string>> {
  if (retry === undefined) return {};
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
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
