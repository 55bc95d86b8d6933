import {
  type ClusterInfo,
  type Clusters,
  createPermitOffice,
  type JobProcessor,
  type JobWorker,
  type MessageId,
  OpsError,
  type People,
  type PlanId,
  type Signer,
  type SnapshotSource,
  type Store,
} from '@jamie/core';
import { createOutboxRelay, JOB_CATALOG, type OutboxRelay } from '@jamie/jobs';
import { createClusterClient, plainAccess } from '@jamie/kubernetes';
import { createOperations, type Operations, type OperationsTiming } from '@jamie/operations';
import type { PolicySource } from '@jamie/policy';
import { createSteadyClock, randomIds, sha256 } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { wrapPorts } from '../wrap-ports.ts';
import { ApiProxy, type ApiUpstream } from './api-proxy.ts';
import { ProcessClock } from './process-clock.ts';
import { openStorage, type Storage, type StoragePlace } from './storage.ts';
import { sweepLostWork } from './sweep-lost-work.ts';
import type { ServerIdentity } from './trial-certificates.ts';

/** The death of a process. */
export class Crash extends OpsError {
  constructor() {
    super('unavailable', 'the process is dead', { retryable: false });
  }
}

/** PEM texts. */
export interface ReplicaTls {
  readonly authority: string;
  readonly identity: ServerIdentity;
}

/** What all processes of a trial have in common. */
export interface ReplicaSetting {
  readonly place: StoragePlace;
  readonly api: ApiUpstream & { readonly token: string };
  /** What the API server shows of itself, and whom its clients trust; absent: no TLS. */
  readonly tls?: ReplicaTls;
  readonly info: ClusterInfo;
  readonly snapshots: SnapshotSource;
  readonly people: People;
  readonly signer: Signer;
  readonly policy: PolicySource;
  readonly timing: OperationsTiming;
  /** Wraps the store of this one process, inside of the boundaries. */
  readonly wrapStore?: (store: Store, replica: Replica) => Store;
  /** Called at every boundary; it may kill or stop the process. */
  readonly onBoundary: (replica: Replica, name: string) => void;
  /** Called when a card is painted, with the version of the plan that it shows. */
  readonly onShown: (messageId: MessageId, store: Store) => Promise<void>;
}

/** One process of the program's core on a trial's data: store, queue, relay, sweeper and operations, all real. */
export class Replica {
  readonly clock = new ProcessClock();
  readonly logger = new RecordingLogger();
  readonly proxy: ApiProxy;
  readonly name = randomIds.next('process');
  /** Boundaries passed so far. */
  passed = 0;
  isDead = false;
  /** How often it was stopped and not continued yet. */
  #stops = 0;
  #wake: () => void = () => undefined;
  #thawed: Promise<void> = Promise.resolve();
  readonly #setting: ReplicaSetting;
  readonly #stopping = new AbortController();
  #storage: Storage | undefined;
  #operations: Operations | undefined;
  #relay: OutboxRelay | undefined;
  #worker: JobWorker | undefined;
  #closeClient: (() => Promise<void>) | undefined;

  constructor(setting: ReplicaSetting) {
    this.#setting = setting;
    this.proxy = new ApiProxy(setting.api, setting.tls?.identity);
  }

  get operations(): Operations {
    if (this.#operations === undefined) throw new Crash();
    return this.#operations;
  }

  get storage(): Storage {
    if (this.#storage === undefined) throw new Crash();
    return this.#storage;
  }

  /** Opens everything and begins to work. Fails as the stores and queues do, with nothing left open. */
  async start(): Promise<void> {
    const url = await this.proxy.start();
    try {
      await this.#open(url);
    } catch (error) {
      this.die();
      await this.dispose();
      throw error;
    }
  }

  async #open(url: string): Promise<void> {
    const { place, info, api, tls, snapshots, people, signer, policy, timing, wrapStore } = this.#setting;
    const caData = tls === undefined ? undefined : Buffer.from(tls.authority).toString('base64');
    const { logger } = this;
    const clock = createSteadyClock(this.clock);
    const onDamage = () => this.die();
    const storage = await openStorage(place, { clock: this.clock, logger, gate: this.#gate, onDamage });
    this.#storage = storage;
    const permits = createPermitOffice();
    const client = createClusterClient({
      ...{ cluster: info.name, clock: this.clock, logger, permits },
      access: plainAccess({ url, token: api.token, ...(caData !== undefined && { caData }) }),
      limits: { connectMs: 2_000, headersMs: 2_000, bodyIdleMs: 2_000, totalMs: 60_000, attempts: 2 },
    });
    this.#closeClient = () => client.close();
    const plain: Clusters = {
      list: () => [info],
      connect: () => ({ info, reader: client.reader, writer: client.writer, snapshots }),
    };
    const wrap = wrapPorts((name) => this.#pass(name));
    const clusters = wrap.clusters?.(plain) ?? plain;
    const inner = wrapStore?.(storage.store, this) ?? storage.store;
    const store = wrap.store?.(inner) ?? inner;
    const queue = wrap.queue?.(storage.queue) ?? storage.queue;
    this.#operations = createOperations({
      ...{ store, clusters, clock, ids: randomIds, digest: sha256, permits, people, policy, signer, logger },
      ...{ instanceId: this.name, ownNamespace: 'jamie-scarlet', timing },
    });
    this.#worker = queue.work(this.#processors(this.#operations, store));
    this.#relay = createOutboxRelay({ store, queue, clock, logger, sweepMs: 4_000 });
    sweepLostWork({
      operations: this.#operations,
      store,
      queue,
      clock,
      logger,
      signal: this.#stopping.signal,
    });
  }

  #processors(operations: Operations, store: Store): Readonly<Record<string, JobProcessor>> {
    const planOf = (payload: Readonly<Record<string, unknown>>) => payload['planId'] as PlanId;
    const work: Readonly<Record<string, JobProcessor>> = {
      'operations.execute': (payload, { signal }) => operations.execute(planOf(payload), signal),
      'operations.verify': (payload) => operations.verify(planOf(payload), payload['tick'] as number),
      'operations.rollback': (payload, { signal }) => operations.rollBack(planOf(payload), signal),
      'operations.expire': (payload) => operations.expire(planOf(payload)),
      'notifications.show': (payload) => this.#setting.onShown(payload['messageId'] as MessageId, store),
    };
    const others = [...JOB_CATALOG.keys()].map((name) => [name, async () => undefined] as const);
    return { ...Object.fromEntries(others), ...work };
  }

  /** kill -9: nothing that this process still does reaches anything. */
  die(): void {
    this.isDead = true;
    this.#stopping.abort();
    this.proxy.sever();
    this.#storage?.line?.goAway();
    this.#goOn();
  }

  /**
   * SIGSTOP, or an event loop that something blocks: no step further at any boundary, no timer, no renewed lease. Stopped
   * again meanwhile, it stays so until the last `thaw`.
   */
  freeze(): void {
    this.#stops += 1;
    if (this.#stops > 1) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    this.#thawed = promise;
    this.clock.stopUntil(promise);
    this.#storage?.line?.pause();
  }

  thaw(): void {
    if (this.#stops === 0) return;
    this.#stops -= 1;
    if (this.#stops === 0) this.#goOn();
  }

  #goOn(): void {
    this.#stops = 0;
    this.#wake();
    this.#storage?.line?.resume();
  }

  /** SIGTERM: no new job, no new step. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#worker?.stop(2_000);
    await this.#relay?.stop();
  }

  /** Ends whatever is left; a process that lives is killed first. */
  async dispose(): Promise<void> {
    this.die();
    await Promise.allSettled([this.#worker?.stop(0), this.#relay?.stop()]);
    await this.#storage?.close().catch(() => undefined);
    await this.#closeClient?.().catch(() => undefined);
    await this.proxy.stop();
  }

  readonly #gate = (): void => {
    if (this.isDead) throw new Crash();
  };

  async #pass(name: string): Promise<void> {
    await this.#thawed;
    this.#gate();
    this.passed += 1;
    this.#setting.onBoundary(this, name);
    await this.#thawed;
    this.#gate();
  }
}
