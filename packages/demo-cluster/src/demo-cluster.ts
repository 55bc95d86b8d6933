import type { Clock, Logger } from '@jamie/core';
import { ApiServer } from './api/api-server.ts';
import { type AuditedRequest, AuditLog } from './api/audit-log.ts';
import { Authorizer, type User } from './api/authorizer.ts';
import { type FaultFilter, FaultInjection } from './api/fault-injection.ts';
import { Pages } from './api/pages.ts';
import { Registry } from './api/registry.ts';
import { DEMO_ROLES, JAMIE_USER, type Role } from './api/roles.ts';
import { WatchStreams } from './api/watch-streams.ts';
import { EventRecorder } from './controllers/event-recorder.ts';
import { Replay } from './controllers/replay.ts';
import { Simulation } from './controllers/simulation.ts';
import { Timers } from './controllers/timers.ts';
import type { World } from './controllers/world.ts';
import { ImageCatalog } from './kubelet/program.ts';
import { LiveLoop } from './live-loop.ts';
import { createRandomSource } from './random-source.ts';
import { plantCompany } from './seed/company.ts';
import { REGISTRY_HOST } from './seed/images.ts';
import { SimulatedTime } from './simulated-time.ts';
import { ObjectStore } from './store/object-store.ts';

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
  /** Its registry has this image no more. Pods that run it keep running, and nodes that have pulled it keep it. */
  deleteImage(image: string): void;
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
  const { clock } = options;
  const loop = new LiveLoop(clock);
  const { world, registry, simulation, catalog } = createSimulation(options, () => loop.wake());
  const parts: Parts = {
    store: world.store,
    pages: new Pages(),
    streams: new WatchStreams(world.store),
    audit: new AuditLog(),
    faults: new FaultInjection(),
    catalog,
  };
  const tokens = createTokens();
  let address = '';
  const server = new ApiServer({
    context: {
      world,
      simulation,
      registry,
      authorizer: new Authorizer([...DEMO_ROLES, ...(options.roles ?? [])]),
      pages: parts.pages,
      address: () => address,
    },
    tokens: tokens.users,
    streams: parts.streams,
    audit: parts.audit,
    faults: parts.faults,
    clock,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  let running: Promise<void> = Promise.resolve();
  return {
    async start() {
      address = await server.listen(options.port ?? 0);
      running = loop.run(() => simulation.runDue());
      return { url: `http://${address}`, adminToken: tokens.admin, jamieToken: tokens.jamie };
    },
    async stop() {
      loop.stop();
      await server.close();
      await running;
    },
    controls: createControls(parts, server),
  };
}

interface Parts {
  readonly store: ObjectStore;
  readonly pages: Pages;
  readonly streams: WatchStreams;
  readonly audit: AuditLog;
  readonly faults: FaultInjection;
  readonly catalog: ImageCatalog;
}

interface Simulated {
  readonly world: World;
  readonly registry: Registry;
  readonly simulation: Simulation;
  readonly catalog: ImageCatalog;
}

function createSimulation(options: DemoClusterOptions, onWork: () => void): Simulated {
  const { clock, seed = 1, timeScale = 1, content = 'company' } = options;
  const random = createRandomSource(seed);
  const time = new SimulatedTime(clock);
  const now = (): number => time.now();
  const store = new ObjectStore({ now, random, historyLimit: HISTORY_LIMIT });
  const world: World = {
    store,
    timers: new Timers(),
    random,
    events: new EventRecorder(store, now),
    overdueRollouts: new Set(),
    replay: new Replay(),
    now,
    after: (durationMs) => time.after(durationMs),
  };
  const catalog = new ImageCatalog(REGISTRY_HOST);
  const simulation = new Simulation({ world, catalog, onWork });
  const registry = new Registry({ store, random, now });
  plantCompany({ world, registry, simulation, catalog, time, content });
  world.timers.compress(now(), timeScale);
  time.goLive(timeScale);
  return { world, registry, simulation, catalog };
}

function createControls(parts: Parts, server: ApiServer): DemoClusterControls {
  const { store, pages, streams, audit, faults, catalog } = parts;
  return {
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
    deleteImage: (image) => catalog.delete(image),
    bookmark: () => streams.bookmark(),
    get openWatches() {
      return streams.count;
    },
    get resourceVersion() {
      return store.version;
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
