import {
  type Clock,
  type ClusterSnapshot,
  type Logger,
  type ObjectView,
  SNAPSHOT_KINDS,
  type SnapshotKind,
  type SnapshotSource,
  type UnreadKind,
  type ViewByKind,
} from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { PROJECTIONS } from '../views/projections.ts';
import { Sharing } from '../views/sharing.ts';
import { type CacheLimits, DEFAULT_CACHE_LIMITS } from './cache-limits.ts';
import { EventStore } from './event-store.ts';
import { Informer, type InformerState } from './informer.ts';
import { RetryGate } from './retry-gate.ts';
import { ViewStore } from './view-store.ts';

export interface SnapshotSourceOptions {
  readonly cluster: string;
  readonly transport: GuardedTransport;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Numbers from 0 to 1, for jitter. Default: Math.random. */
  readonly random?: () => number;
  readonly limits?: Partial<CacheLimits>;
}

/** The informer cache of one cluster. */
export interface ClusterCache extends SnapshotSource {
  /** Begins to list and watch; the first snapshot does so by itself. */
  start(): void;
  /** Ends all watches. The cache keeps what it knew and does not start again. */
  stop(): Promise<void>;
}

const ALL_KINDS: readonly SnapshotKind[] = SNAPSHOT_KINDS;
const DEFAULT_TIMEOUT_MS = 10_000;

/** Creates the informer cache of one cluster. Nothing is sent before the first snapshot or start. */
export function createSnapshotSource(options: SnapshotSourceOptions): ClusterCache {
  return new InformerCache(options);
}

class InformerCache implements ClusterCache {
  readonly #options: SnapshotSourceOptions;
  readonly #limits: CacheLimits;
  readonly #gate: RetryGate;
  readonly #sharing = new Sharing();
  readonly #stores = new Map<SnapshotKind, ViewStore<ObjectView>>();
  readonly #informers = new Map<SnapshotKind, Informer<SnapshotKind>>();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> | undefined;

  constructor(options: SnapshotSourceOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_CACHE_LIMITS, ...options.limits };
    this.#gate = new RetryGate(options.clock, options.random ?? Math.random);
    for (const kind of ALL_KINDS) this.#add(kind);
  }

  start(): void {
    if (this.#stopping.signal.aborted) return;
    this.#running ??= Promise.all(
      [...this.#informers.values()].map((informer) => informer.run(this.#stopping.signal)),
    );
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#gate.close();
    await this.#running;
  }

  async snapshot(timeoutMs: number = DEFAULT_TIMEOUT_MS): Promise<ClusterSnapshot> {
    this.start();
    const enough = new AbortController();
    const settled = Promise.all([...this.#informers.values()].map((informer) => informer.settled));
    await Promise.race([settled, this.#options.clock.sleep(timeoutMs, enough.signal).catch(() => undefined)]);
    enough.abort();
    return this.#take();
  }

  #take(): ClusterSnapshot {
    const takenAt = this.#options.clock.now();
    const states = [...this.#informers].map(([kind, informer]) => ({ kind, state: informer.state }));
    const ages = states.filter(({ state }) => state.isListed).map(({ state }) => takenAt - state.heardAt);
    const objects = Object.fromEntries([...this.#stores].map(([kind, store]) => [kind, store.views()]));
    return {
      cluster: this.#options.cluster,
      takenAt,
      stalenessMs: Math.max(0, ...ages),
      unread: states.flatMap(({ kind, state }) => unreadOf(kind, state, takenAt, this.#limits.staleAfterMs)),
      // Each store holds the views of its own kind: #add pairs them.
      objects: objects as unknown as ClusterSnapshot['objects'],
    };
  }

  #add(kind: SnapshotKind): void {
    const { transport, clock, logger, random = Math.random } = this.#options;
    const store: ViewStore<ViewByKind[SnapshotKind]> =
      kind === 'Event'
        ? (new EventStore(this.#limits) as unknown as ViewStore<ViewByKind[SnapshotKind]>)
        : new ViewStore<ViewByKind[SnapshotKind]>();
    this.#stores.set(kind, store as unknown as ViewStore<ObjectView>);
    const project = PROJECTIONS[kind];
    const informer = new Informer<SnapshotKind>({
      kind,
      transport,
      store,
      clock,
      random,
      logger,
      gate: this.#gate,
      limits: this.#limits,
      project: (object) => project(object, this.#sharing),
    });
    this.#informers.set(kind, informer);
  }
}

/** A kind is unread when it never was read, when it may not be read, or when it fails and is out of date. */
function unreadOf(
  kind: SnapshotKind,
  state: InformerState,
  now: number,
  staleAfterMs: number,
): readonly UnreadKind[] {
  const { failure, isListed, heardAt } = state;
  if (!isListed && failure === undefined) {
    return [{ kind, reason: 'timeout', message: 'The cluster has not answered yet.' }];
  }
  if (failure === undefined) return [];
  if (!isListed) return [{ kind, ...failure }];
  const ageMs = now - heardAt;
  if (ageMs < staleAfterMs) return [];
  return [
    {
      kind,
      reason: failure.reason,
      message: `Last heard of ${Math.round(ageMs / 1_000)} s ago. ${failure.message}`,
    },
  ];
}
