import {
  type Clock,
  isOpsError,
  type KubeObject,
  type Logger,
  type OpsError,
  type SnapshotKind,
  toOpsError,
  type UnreadKind,
  type ViewByKind,
} from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import type { CacheLimits } from './cache-limits.ts';
import {
  backoffMs,
  decideRecovery,
  isAnswer,
  type Recovery,
  type Standing,
  unreadReasonOf,
} from './decide-recovery.ts';
import { listKind } from './list-kind.ts';
import type { Admission, RetryGate } from './retry-gate.ts';
import type { ViewStore } from './view-store.ts';
import type { WatchEvent } from './watch-event.ts';
import { watchKind } from './watch-kind.ts';

export interface InformerOptions<K extends SnapshotKind> {
  readonly kind: K;
  readonly transport: GuardedTransport;
  readonly store: ViewStore<ViewByKind[K]>;
  readonly project: (object: KubeObject) => ViewByKind[K];
  readonly gate: RetryGate;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly limits: CacheLimits;
}

/** How one kind stands. */
export interface InformerState {
  /** Listed at least once, and not refused since. */
  readonly isListed: boolean;
  /** The last word from the API server; 0 when there was none. */
  readonly heardAt: number;
  /** Why the last attempt failed; absent while all is well. */
  readonly failure?: { readonly reason: UnreadKind['reason']; readonly message: string };
}

/** A watch that ends sooner, without a word, is a server that closes at once. */
const SHORTEST_WATCH_MS = 1_000;
const FAILURES_UNTIL_SETTLED = 3;
/** A watch that breaks sooner after it was opened is a server that answers and fails by turns. */
const STABLE_MS = 10_000;
/** The longest pause of a kind whose watches keep breaking early. */
const LONGEST_FLAP_MS = 15_000;

/** Keeps the views of one kind true: list, watch, and after any failure again, until it is stopped. */
export class Informer<K extends SnapshotKind> {
  readonly #options: InformerOptions<K>;
  readonly #settled = Promise.withResolvers<void>();
  #state: InformerState = { isListed: false, heardAt: 0 };
  #resourceVersion = '';
  #failures = 0;
  /** Since when every answer has been a refusal. */
  #refusedSince: number | undefined;
  /** The last watch was accepted and never said anything: being accepted is no word of the server any more. */
  #wasSilent = false;
  /** Watches in a row that broke soon after they were opened. */
  #flaps = 0;

  constructor(options: InformerOptions<K>) {
    this.#options = options;
  }

  get state(): InformerState {
    return this.#state;
  }

  /** Resolves once the kind was listed or refused, or has failed several times: waiting longer is no use. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Runs until the signal aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === '') await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#recover(toOpsError(error), signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { transport, kind, project, store, gate, clock } = this.#options;
    const listing = await this.#admitted(await gate.enter(signal), () =>
      listKind(transport, kind, project, signal),
    );
    store.replace(listing.views);
    this.#resourceVersion = listing.resourceVersion;
    this.#state = { isListed: true, heardAt: clock.now() };
    this.#refusedSince = undefined;
    this.#settled.resolve();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { transport, kind, clock, limits, gate, random } = this.#options;
    const admission = await gate.enter(signal);
    const startedAt = clock.now();
    let isOpen = false;
    let isHeard = false;
    const watching = watchKind({
      transport,
      kind,
      clock,
      limits,
      signal,
      resourceVersion: this.#resourceVersion,
      timeoutSeconds: Math.ceil(limits.watchSeconds * (1 + random() / 4)),
      onOpen: () => {
        isOpen = true;
        admission.succeeded();
        this.#refusedSince = undefined;
        const { isListed, heardAt } = this.#state;
        this.#state = { isListed, heardAt: this.#wasSilent ? heardAt : clock.now() };
      },
      onHeard: () => {
        isHeard = true;
        this.#wasSilent = false;
        this.#failures = 0;
        this.#state = { isListed: true, heardAt: clock.now() };
      },
      onEvent: (event) => this.#apply(event),
    });
    await watching.catch((error: unknown) => {
      if (!isOpen) this.#report(admission, error);
      else if (!isAnswer(error, this.#standing())) gate.reportFailure(pauseOf(error));
      if (isOpen) this.#flaps = clock.now() - startedAt < STABLE_MS ? this.#flaps + 1 : 0;
      throw error;
    });
    if (!isHeard && clock.now() - startedAt < SHORTEST_WATCH_MS) {
      await this.#backOff({ kind: 'back_off', reason: 'unavailable', delayMs: SHORTEST_WATCH_MS }, signal);
    } else {
      this.#failures = 0;
      this.#flaps = 0;
    }
  }

  #apply(event: WatchEvent): void {
    const { store, project } = this.#options;
    if (event.resourceVersion !== '') this.#resourceVersion = event.resourceVersion;
    if (event.kind === 'changed') store.set(project(event.object));
    if (event.kind === 'deleted') store.delete(project(event.object));
  }

  async #recover(error: OpsError, signal: AbortSignal): Promise<void> {
    const { kind, logger, random, store, limits, clock } = this.#options;
    this.#failures += 1;
    if (error.details['silenceMs'] !== undefined) this.#wasSilent = true;
    this.#refusedSince = error.code === 'forbidden' ? (this.#refusedSince ?? clock.now()) : undefined;
    const recovery = decideRecovery(error, this.#standing(), random());
    // Whatever was wrong with the watch, a list is always right; only a plain break may go on where it was.
    if (recovery.kind !== 'wait_for_cluster') this.#resourceVersion = '';
    if (recovery.kind === 'relist') return;
    const { isListed, heardAt } = this.#state;
    const failure = { reason: unreadReasonOf(recovery), message: error.userMessage ?? error.message };
    logger.info('cluster cache cannot read a kind', {
      kind,
      code: error.code,
      recovery: recovery.kind,
      err: error,
    });
    if (recovery.kind === 'retry_slowly') store.replace([]);
    this.#state = { isListed: isListed && recovery.kind !== 'retry_slowly', heardAt, failure };
    if (recovery.kind === 'retry_slowly' || this.#failures >= FAILURES_UNTIL_SETTLED) this.#settled.resolve();
    await this.#backOff(recovery, signal, limits.refusedRetryMs * (1 + random() / 4));
  }

  async #backOff(recovery: Recovery, signal: AbortSignal, refusedRetryMs = 0): Promise<void> {
    const flapMs = this.#flaps < 3 ? 0 : backoffMs(this.#flaps - 2, this.#options.random(), LONGEST_FLAP_MS);
    const ownMs =
      recovery.kind === 'back_off' ? recovery.delayMs : recovery.kind === 'retry_slowly' ? refusedRetryMs : 0;
    const delayMs = Math.max(ownMs, flapMs);
    if (delayMs === 0) return;
    try {
      await this.#options.clock.sleep(delayMs, signal);
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    }
  }

  async #admitted<T>(admission: Admission, send: () => Promise<T>): Promise<T> {
    try {
      const result = await send();
      admission.succeeded();
      return result;
    } catch (error) {
      this.#report(admission, error);
      throw error;
    }
  }

  #report(admission: Admission, error: unknown): void {
    if (isAnswer(error, this.#standing())) admission.succeeded();
    else admission.failed(pauseOf(error));
  }

  #standing(): Standing {
    const now = this.#options.clock.now();
    return {
      failures: this.#failures,
      wasReadable: this.#state.isListed,
      refusedForMs: now - (this.#refusedSince ?? now),
    };
  }
}

function pauseOf(error: unknown): number {
  return isOpsError(error) ? (error.retryAfterMs ?? 0) : 0;
}
