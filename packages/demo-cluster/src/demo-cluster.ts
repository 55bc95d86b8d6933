import type { Clock, Logger } from '@jamie/core';
import { ApiServer } from './api/api-server.ts';
import { AuditLog, type AuditedRequest } from './api/audit-log.ts';
import { Authorizer, type User } from './api/authorizer.ts';
import { type FaultFilter, FaultInjection } from './api/fault-injection.ts';
import { Pages } from './api/pages.ts';
import { Registry } from './api/registry.ts';
import { DEMO_ROLES, JAMIE_USER, type Role } from './api/roles.ts';
import { WatchStreams } from './api/watch-streams.ts';
import { EventRecorder } from './controllers/event-recorder.ts';
import { Simulation } from './controllers/simulation.ts';
import { Timers } from './controllers/timers.ts';
import type { World } from './controllers/world.ts';
import { ImageCatalog } from './kubelet/program.ts';
import { createRandomSource } from './random-source.ts';
import { plantCompany } from './seed/company.ts';
import { REGISTRY_HOST } from './seed/images.ts';
import { ObjectStore } from './store/object-store.ts';
import { SimulatedTime } from './simulated-time.ts';

export interface DemoClusterOptions {
  readonly clock: Clock;
  /** The same seed gives the same names. Default 1. */
  readonly seed?: number;
  readonly logger?: Logger;
  /** Default 0: a free one. */
  readonly port?: number;
  /** How many simulated seconds pass in a real one, for everything that takes time. Default 1. */
  readonly timeScale?: number;
  /** `company`: the demo company with its faults (default). `empty`: nodes and system namespaces only. */
  readonly content?: 'company' | 'empty';
  /** More roles, beside those of DEMO_ROLES. */
  readonly roles?: readonly Role[];
}

/** How to reach a started cluster. Tokens are bearer tokens, new with each cluster. */
export interface DemoClusterAccess {
  readonly url: string;
  /** `demo-admin`, may do everything. */
  readonly adminToken: string;
  /** The service user `jamie`: reads, asks for access reviews, impersonates. */
  readonly jamieToken: string;
}

/** Knobs for tests: what networks, etcd and API servers do to a client. */
export interface DemoClusterControls {
  /** Every request so far, oldest first. */
  requests(): readonly AuditedRequest[];
  clearRequests(): void;
  /** Forgets the watch history and begun lists: older versions and tokens are answered with 410. */
  expireHistory(): void;
  /** Breaks every open connection. Returns how many. */
  dropConnections(): number;
  /** Open watches of this resource (plural), or of all, get nothing any more. Returns how many. */
  silenceWatches(plural?: string): number;
  /** The next matching requests are answered 429 or 500, or their connection is closed. */
  failNext(code: 429 | 500 | 'drop', filter?: FaultFilter): void;
  clearFailures(): void;
  /** Sends a bookmark to every watch that wants them. */
  bookmark(): void;
  readonly openWatches: number;
  /** The newest resourceVersion. */
  readonly resourceVersion: number;
}

export interface DemoCluster {
  /** Starts listening on loopback and lets time run. Rejects when the port is taken. */
  start(): Promise<DemoClusterAccess>;
  /** Closes every connection and stops the controllers. */
  stop(): Promise<void>;
  readonly controls: DemoClusterControls;
}

const HISTORY_LIMIT = 2_000;

/** A small Kubernetes cluster in memory, behind the real HTTP API. Nothing is stored on disk. */
export function createDemoCluster(options: DemoClusterOptions): DemoCluster {
  const { clock, timeScale = 1 } = options;
  const random = createRandomSource(options.seed ?? 1);
  const time = new SimulatedTime(clock);
  const store = new ObjectStore({ now: () => time.now(), random, historyLimit: HISTORY_LIMIT });
  const timers = new Timers();
  const events = new EventRecorder(store, () => time.now());
  const world: World = {
    store,
    timers,
    random,
    events,
    overdueRollouts: new Set(),
    now: () => time.now(),
    after: (durationMs) => time.after(durationMs),
  };
  const catalog = new ImageCatalog(REGISTRY_HOST);
  let wake = new AbortController();
  const simulation = new Simulation({ world, catalog, onWork: () => wake.abort() });
  const registry = new Registry({ store, random, now: () => time.now() });
  plantCompany({ world, registry, simulation, catalog, time, content: options.content ?? 'company' });
  timers.compress(clock.now(), timeScale);
  time.goLive(timeScale);

  const pages = new Pages();
  const streams = new WatchStreams(store);
  const audit = new AuditLog();
  const faults = new FaultInjection();
  const tokens = createTokens();
  let address = '';
  const server = new ApiServer({
    context: {
      world,
      simulation,
      registry,
      authorizer: new Authorizer([...DEMO_ROLES, ...(options.roles ?? [])]),
      pages,
      address: () => address,
      timeScale: () => timeScale,
    },
    tokens: tokens.users,
    streams,
    audit,
    faults,
    clock,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  let isStopped = false;
  const live = async (): Promise<void> => {
    while (!isStopped) {
      wake = new AbortController();
      const nextDueAt = simulation.runDue();
      // Work that runDue itself made is done; only what comes later may wake us.
      if (isStopped) return;
      wake = new AbortController();
      const { signal } = wake;
      const waitMs = Math.max(1, (nextDueAt ?? clock.now() + 60_000) - clock.now());
      await clock.sleep(waitMs, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  };
  let running: Promise<void> = Promise.resolve();
  return {
    async start() {
      address = await server.listen(options.port ?? 0);
      running = live();
      return { url: `http://${address}`, adminToken: tokens.admin, jamieToken: tokens.jamie };
    },
    async stop() {
      isStopped = true;
      wake.abort();
      await server.close();
      await running;
    },
    controls: {
      requests: () => audit.entries(),
      clearRequests: () => audit.clear(),
      expireHistory: () => {
        store.compact();
        pages.expire();
      },
      dropConnections: () => server.dropConnections(),
      silenceWatches: (plural) => streams.silence(plural),
      failNext: (code, filter = {}) => faults.plan(code, filter),
      clearFailures: () => faults.clear(),
      bookmark: () => streams.bookmark(),
      get openWatches() {
        return streams.count;
      },
      get resourceVersion() {
        return store.version;
      },
    },
  };
}

function createTokens(): {
  readonly admin: string;
  readonly jamie: string;
  readonly users: ReadonlyMap<string, User>;
} {
  const [admin, jamie] = [crypto.randomUUID(), crypto.randomUUID()];
  const users = new Map<string, User>([
    [admin, { name: 'demo-admin', groups: ['system:masters', 'system:authenticated'] }],
    [jamie, { name: JAMIE_USER, groups: ['system:authenticated'] }],
  ]);
  return { admin, jamie, users };
}
