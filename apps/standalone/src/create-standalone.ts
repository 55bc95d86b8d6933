import { type AgentsContext, createDesk, createRunningRequests, type GraphCheckpoints } from '@jamie/agents';
import { type Api, type ApiOptions, createApi, type RunningApi } from '@jamie/api';
import type { Bot } from '@jamie/bot';
import type {
  ChatModel,
  Check,
  CheckResult,
  Clock,
  Clusters,
  JobQueue,
  Logger,
  Notifier,
  People,
  PermitMint,
  PostingLine,
  ProgressBoard,
  Signer,
  Store,
} from '@jamie/core';
import { createPermitOffice, SILENT_BOARD } from '@jamie/core';
import type { OnDamage } from '@jamie/database';
import { createOperations, type OperationsTiming } from '@jamie/operations';
import type { PolicySource } from '@jamie/policy';
import {
  type Config,
  createLifecycle,
  createMetrics,
  createSteadyClock,
  type LiveDirectory,
  loadDirectory,
  randomIds,
  refuseVendorTracing,
  type SteadyClock,
  sha256,
  systemClock,
  watchDirectory,
} from '@jamie/runtime';
import { createWorker } from '@jamie/worker';
import { clusterCheck } from './checks/cluster-check.ts';
import { deliveryCheck } from './checks/delivery-check.ts';
import { configurationChecks } from './checks/other-checks.ts';
import { peopleCheck } from './checks/people-check.ts';
import { slackCheck } from './checks/slack-check.ts';
import { queueCheck } from './checks/storage-checks.ts';
import { confirmPeople } from './confirm-people.ts';
import { connectModel } from './connect-model.ts';
import { connectQueue } from './connect-queue.ts';
import { type ConnectedSlack, connectSlack } from './connect-slack.ts';
import { listExamples } from './list-examples.ts';
import { type OpenAudit, openAudit } from './open-audit.ts';
import { type OpenClusters, openClusters } from './open-clusters.ts';
import { healingRulesOf, openHealing } from './open-healing.ts';
import { openPolicy } from './open-policy.ts';
import { openStorage } from './open-storage.ts';
import { registryForApi } from './registry-for-api.ts';
import { createResumeWorkspace } from './resume-workspace.ts';
import type { Storage } from './storage.ts';

/** Ports as they were made, to be handed on wrapped: how fault tests find every persisted boundary. */
export interface PortWrappers {
  readonly store?: (store: Store) => Store;
  readonly clusters?: (clusters: Clusters) => Clusters;
  readonly notifier?: (notifier: Notifier) => Notifier;
  readonly queue?: (queue: JobQueue) => JobQueue;
}

export interface StandaloneOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly wrap?: PortWrappers;
  /** Told when the database turns out to be damaged while it is in use: nothing that it answers can be trusted then. */
  readonly onDamage?: OnDamage;
  /** What tells the time to everything. Default: the system's clock. */
  readonly clock?: Clock;
}

/** Everything in one process: receiver, bot, worker, API and page, over the embedded store and queue. */
export interface Standalone {
  /** Starts everything or nothing. Throws the OpsError of the part that could not start. */
  start(): Promise<RunningApi>;
  /** What is connected, what is not, and the one step that connects each. */
  check(): Promise<readonly CheckResult[]>;
  /** Takes no new work, lets running work end or be taken up again later, and closes everything. */
  stop(): Promise<void>;
  readonly bot: Bot | undefined;
}

const SWEEP_MS = 15_000;
const HEAL_MS = 10_000;
/** How soon somebody who was taken out of the file is out of everything that asks nobody anew. */
const PRINCIPALS_LOOK_MS = 2_000;
const STOP_GRACE_MS = 3_000;

export function createStandalone(options: StandaloneOptions): Standalone {
  const standalone = assemble({ ...options, clock: createSteadyClock(options.clock ?? systemClock) });
  const { start } = standalone;
  return Object.assign(standalone, {
    // What was started before something failed would keep the process alive.
    async start() {
      try {
        return await start();
      } catch (error) {
        await standalone.stop();
        throw error;
      }
    },
  });
}

function assemble(options: StandaloneOptions & { readonly clock: SteadyClock }): Standalone {
  const { config, logger, wrap = {}, clock } = options;
  const lifecycle = createLifecycle({ clock, logger });
  let slack: ConnectedSlack | undefined;
  let notifier: Notifier | undefined;
  let checks: readonly Check[] = [];
  // Slack is connected after the desk that it needs.
  const progress: ProgressBoard = { begin: (work) => (slack?.progress ?? SILENT_BOARD).begin(work) };
  return {
    get bot() {
      return slack?.bot;
    },
    check: () => Promise.all(checks.map((check) => check())),
    stop: () => lifecycle.stop(),
    async start() {
      refuseVendorTracing();
      const directory = await startDirectory(options, lifecycle);
      const storage = await openStorage(options);
      await lifecycle.start({ name: 'storage', stop: () => storage.close() });
      const permits = createPermitOffice();
      const open = await openClusters(config, permits, logger, clock);
      await lifecycle.start({ name: 'clusters', stop: () => open.close() });
      const store = wrap.store?.(storage.store) ?? storage.store;
      const clusters = wrap.clusters?.(open.registry) ?? open.registry;
      const jobs = await connectQueue(config, storage.queue, clock, logger, lifecycle.start);
      const queue = wrap.queue?.(jobs.queue) ?? jobs.queue;
      const audit = openAudit({ config, store, clock, logger });
      await lifecycle.start({ name: 'audit', stop: () => audit.keeper.stop() });
      const policy = await openPolicy({ ...policyFileOf(config), store, clock, ids: randomIds, logger });
      await lifecycle.start({ name: 'policy', start: () => policy.start(), stop: () => policy.stop() });
      const { model, check: modelCheck } = await connectModel(config, clock, logger);
      const ports = { store, clusters, queue, audit };
      const ownChecks = [...jobs.checks, policy.check, modelCheck];
      checks = [...createChecks({ config, clock, directory, storage, ...ports }, () => slack), ...ownChecks];
      const shared = { config, store, clusters, checks, clock, ...(model !== undefined && { model }) };
      const { checkpoints, line: postingLine } = storage;
      const people = confirmPeople(directory, () => slack?.bot);
      const context = createContext({
        ...shared,
        ...audit.context,
        permits,
        people,
        policy,
        logger,
        checkpoints,
        postingLine,
        progress,
      });
      const desk = createDesk(context, () => notifier);
      if (config.slack.mode !== 'off') {
        const surface = { desk, directory, storage, logger };
        const onInstalled = createResumeWorkspace(context);
        slack = await connectSlack({ ...shared, ...surface, slack: config.slack, onInstalled });
        await lifecycle.start({ name: 'slack', ...slack.run });
      }
      notifier = slack && (wrap.notifier?.(slack.notifier) ?? slack.notifier);
      const worker = createWorker({
        context,
        queue,
        findNotifier: () => notifier,
        healer: openHealing({ context, policy, directory }),
        prune: () => Promise.all([storage.inbox.prune(), slack?.sweepStreams(), audit.keeper.sweep()]),
        ...workerTimes(config),
      });
      await lifecycle.start({ name: 'worker', start: () => worker.start(), stop: () => worker.stop() });
      return startApi(createOwnApi({ ...shared, desk, directory, logger, open, audit }), lifecycle.start);
    },
  };
}

interface CheckedParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly directory: LiveDirectory;
  readonly store: Store;
  readonly storage: Pick<Storage, 'check'>;
  readonly clusters: Clusters;
  readonly queue: JobQueue;
  readonly audit: Pick<OpenAudit, 'check'>;
}

function createChecks(
  { config, clock, directory, store, storage, clusters, queue, audit }: CheckedParts,
  findSlack: () => ConnectedSlack | undefined,
): readonly Check[] {
  return [
    clusterCheck(clusters),
    slackCheck(findSlack),
    peopleCheck(directory, config.slack.mode !== 'off'),
    ...configurationChecks(config),
    storage.check,
    queueCheck(queue),
    deliveryCheck(store, clock),
    audit.check,
  ];
}

function policyFileOf({ policyFile }: Config) {
  return policyFile === undefined ? {} : { path: policyFile };
}

function workerTimes({ operations }: Config) {
  return {
    sweepMs: SWEEP_MS,
    healMs: HEAL_MS,
    quietMs: 2 * operations.executionLeaseMs,
    graceMs: STOP_GRACE_MS,
  };
}

interface ContextParts extends Pick<AgentsContext, 'keys' | 'headNotes'> {
  readonly signer: Signer;
  readonly config: Config;
  readonly store: Store;
  readonly clusters: Clusters;
  readonly permits: PermitMint;
  readonly people: People;
  readonly policy: PolicySource;
  readonly model?: ChatModel;
  readonly checkpoints: GraphCheckpoints;
  readonly postingLine: PostingLine;
  readonly progress: ProgressBoard;
  readonly checks: readonly Check[];
  readonly logger: Logger;
  readonly clock: Clock;
}

function createContext({ config, permits, people, policy, checks, ...rest }: ContextParts): AgentsContext {
  const shared = { ...rest, ids: randomIds, digest: sha256 };
  const operations = createOperations({
    ...shared,
    permits,
    people,
    policy,
    instanceId: randomIds.next('process'),
    ownNamespace: config.ownNamespace ?? 'jamie-scarlet',
    timing: timingOf(config),
  });
  return {
    ...shared,
    operations,
    autonomy: healingRulesOf(policy),
    checks,
    persona: config.persona,
    running: createRunningRequests(),
  };
}

async function startDirectory(
  { config, logger, clock }: StandaloneOptions & { readonly clock: SteadyClock },
  lifecycle: ReturnType<typeof createLifecycle>,
): Promise<LiveDirectory> {
  const directory = await loadDirectory(config.principalsFile, logger);
  const watch = watchDirectory({ directory, clock, logger, intervalMs: PRINCIPALS_LOOK_MS });
  await lifecycle.start({ name: 'principals', ...watch });
  return directory;
}

interface ApiParts extends Pick<ApiOptions, 'config' | 'desk' | 'directory' | 'checks' | 'clock' | 'logger'> {
  readonly store: Store;
  readonly clusters: Clusters;
  readonly open: OpenClusters;
  readonly audit: Pick<OpenAudit, 'exportAudit'>;
}

function createOwnApi({ open, logger, audit, ...rest }: ApiParts): Api {
  return createApi({
    ...rest,
    logger: logger.child({ component: 'api' }),
    metrics: createMetrics(),
    ids: randomIds,
    registry: registryForApi(open.registry),
    exportAudit: (range) => audit.exportAudit(range),
    examples: () => listExamples(rest.clusters),
  });
}

async function startApi(api: Api, start: ReturnType<typeof createLifecycle>['start']): Promise<RunningApi> {
  let running: RunningApi | undefined;
  await start({
    name: 'api',
    start: async () => {
      running = await api.start();
    },
    stop: () => api.stop(),
  });
  if (running === undefined) throw new Error('the API started without an address');
  return running;
}

/** Longest rests between two looks; a short readiness window shortens them. */
const MAX_VERIFY_INTERVAL_MS = 1_000;
const MAX_WATCH_INTERVAL_MS = 5_000;
/** How long pods that cannot start, or a target that got worse, are tolerated. */
const MAX_FAIL_FAST_MS = 30_000;
const MAX_EVICTION_RETRY_MS = 10_000;

function timingOf({ operations }: Config): OperationsTiming {
  const { verifyReadyMs, verifyTimeoutMs } = operations;
  return {
    leaseMs: operations.executionLeaseMs,
    readyForMs: verifyReadyMs,
    verifyWithinMs: verifyTimeoutMs,
    verifyIntervalMs: Math.min(MAX_VERIFY_INTERVAL_MS, Math.max(50, verifyReadyMs / 4)),
    watchIntervalMs: Math.min(MAX_WATCH_INTERVAL_MS, Math.max(100, verifyReadyMs / 2)),
    failFastAfterMs: Math.min(MAX_FAIL_FAST_MS, verifyTimeoutMs / 4),
    evictionRetryMs: Math.min(MAX_EVICTION_RETRY_MS, Math.max(100, verifyReadyMs / 2)),
    evictionWithinMs: verifyTimeoutMs,
    answerWithinMs: operations.giveUpAfterMs,
    watchScale: operations.watchScale,
  };
}
