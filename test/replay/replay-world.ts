import { createHash } from 'node:crypto';
import {
  type AgentsContext,
  createDesk,
  createRunningRequests,
  type GraphCheckpoints,
  handleRequest,
  openGraphCheckpoints,
} from '@jamie/agents';
import {
  type ChatModel,
  type ClusterConnection,
  createPermitOffice,
  type Desk,
  type JobContext,
  type JobRequest,
  type KubeObject,
  type PlanRecord,
  type Principal,
  type RequestId,
  SILENT_BOARD,
  type Store,
  toOpsError,
  type WorkloadRef,
} from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { JOB_CATALOG } from '@jamie/jobs';
import { createOperations } from '@jamie/operations';
import { BUILT_IN_POLICY } from '@jamie/policy';
import { openGraphThreads, openSqliteStore } from '@jamie/store';
import {
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNamespace,
  aSnapshot,
  createTemporaryDirectory,
  FakeClock,
  FakeCluster,
  FakePeople,
  FakeSigner,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { createProcessors } from '@jamie/worker';
import { MortalSaver } from './mortal-saver.ts';

export const BASKET: WorkloadRef = { kind: 'Deployment', namespace: 'shop', name: 'basket' };
const RETRY_MS = 1_000;

const TIMING = {
  leaseMs: 10_000,
  verifyIntervalMs: 1_000,
  watchIntervalMs: 5_000,
  readyForMs: 5_000,
  verifyWithinMs: 60_000,
  failFastAfterMs: 10_000,
  evictionRetryMs: 2_000,
  evictionWithinMs: 60_000,
  answerWithinMs: 1_800_000,
  watchScale: 0.25,
};

/**
 * The program over a real store and a cluster in memory, with time, deaths and the order of its jobs in the hand of a
 * recorded run: the same events bring about the same effects.
 */
export class ReplayWorld {
  readonly clock = new FakeClock();
  readonly cluster: FakeCluster;
  readonly store: Store;
  readonly modelCalls: string[] = [];
  deaths = 0;
  logsHang = false;
  /** Resolves each time when a log is asked for that hangs. */
  onHang: () => void = () => undefined;
  context: AgentsContext;
  readonly #permits = createPermitOffice();
  readonly #directory = createTemporaryDirectory();
  readonly #database: Database = openDatabase({ directory: this.#directory.path });
  readonly #model: ChatModel | undefined;
  readonly #done = new Map<string, number>();
  readonly #attempts = new Map<string, number>();
  #saver = new MortalSaver();

  constructor(model: ChatModel | undefined) {
    this.#model = model;
    this.store = openSqliteStore({ database: this.#database, digest: sha256, clock: this.clock });
    this.cluster = new FakeCluster(this.#permits);
    this.cluster.snapshot = snapshotOfShop();
    for (const name of ['checkout', 'basket']) this.cluster.put(deploymentNamed(name));
    this.cluster.settle(BASKET);
    this.context = this.#start();
  }

  get desk(): Desk {
    return createDesk(this.context);
  }

  /** From now on the process dies at this write of its checkpoints. */
  makeMortal(write: number, moment: 'before' | 'after'): void {
    this.#saver = new MortalSaver(write, moment);
    this.context = this.#start();
  }

  /** Runs the jobs that are due until none is left. A job whose process died runs again in the next. */
  async work(): Promise<void> {
    for (let job = await this.#nextJob(); job !== undefined; job = await this.#nextJob())
      await this.#run(job);
  }

  /** In the order in which they were made. */
  async listPlansInOrder(): Promise<readonly PlanRecord[]> {
    const records = await this.store.listPlans({ limit: 1_000 });
    const audit = await this.store.listAudit(0, 100_000);
    const proposed = audit
      .filter(({ entry }) => entry.kind === 'plan.proposed')
      .map(({ entry }) => entry.planId);
    return records.toSorted((one, other) => proposed.indexOf(one.plan.id) - proposed.indexOf(other.plan.id));
  }

  handle(requestId: RequestId): Promise<void> {
    return handleRequest(this.context, requestId, false);
  }

  async destroy(): Promise<void> {
    await this.store.close();
    this.#database.close();
    this.#directory.remove();
  }

  async #nextJob(): Promise<JobRequest | undefined> {
    const now = this.clock.now();
    const entries = await this.store.listOutbox(10_000);
    return entries
      .map(({ job }) => job)
      .find((job) => (this.#done.get(job.deduplicationId) ?? 0) <= now && (job.runAt ?? 0) <= now);
  }

  async #run(job: JobRequest): Promise<void> {
    const { deduplicationId: id } = job;
    // Nobody is on Slack here: what would be shown is what the store holds.
    if (job.name === 'notifications.show') return this.#finish(id);
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    const processor = createProcessors(this.context, () => undefined)[job.name];
    if (processor === undefined) throw new Error(`no processor for ${job.name}`);
    const ending = await this.#saver.orEndOf(processor(job.payload, contextOf(job, attempt)));
    if (ending.kind === 'died') {
      this.deaths += 1;
      this.#saver = new MortalSaver();
      this.context = this.#start();
      return;
    }
    this.#attempts.set(id, attempt);
    if (ending.kind === 'ended' || !toOpsError(ending.error).retryable) this.#finish(id);
    else this.#done.set(id, this.clock.now() + (toOpsError(ending.error).retryAfterMs ?? RETRY_MS));
  }

  #finish(id: string): void {
    this.#done.set(id, Number.POSITIVE_INFINITY);
  }

  /** A process of the program: everything that it holds in memory is new. */
  #start(): AgentsContext {
    const shared = {
      store: this.store,
      clusters: {
        list: () => this.cluster.list(),
        connect: (name?: string) => this.#hangable(this.cluster.connect(name)),
      },
      clock: this.clock,
      ids: new SequentialIds(),
      digest: sha256,
      logger: new RecordingLogger(),
      signer: new FakeSigner(),
    };
    const operations = createOperations({
      ...shared,
      permits: this.#permits,
      people: new FakePeople(),
      policy: { current: () => BUILT_IN_POLICY },
      instanceId: `process-${this.deaths}`,
      ownNamespace: 'jamie-scarlet',
      timing: TIMING,
    });
    return {
      ...shared,
      operations,
      checks: [],
      persona: 'off',
      checkpoints: this.#openCheckpoints(this.#saver),
      running: createRunningRequests(),
      progress: SILENT_BOARD,
      keys: shared.signer,
      ...(this.#model !== undefined && { model: this.#model }),
    };
  }

  #openCheckpoints(mortal: MortalSaver): GraphCheckpoints {
    return openGraphCheckpoints(openGraphThreads(this.#database), async () => {
      const { SqliteCheckpointSaver } = await import('@jamie/store/checkpoints');
      return mortal.stalk(new SqliteCheckpointSaver({ database: this.#database }));
    });
  }

  #hangable(connection: ClusterConnection): ClusterConnection {
    const hang = (): Promise<string> => {
      this.onHang();
      return new Promise(() => undefined);
    };
    const reader = new Proxy(connection.reader, {
      get: (target, property) => {
        if (property === 'readLog' && this.logsHang) return hang;
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { ...connection, reader };
  }
}

export const PEOPLE: Readonly<Record<'ada' | 'bob', Principal>> = {
  ada: personNamed('Ada', 'U1'),
  bob: personNamed('Bob', 'U2'),
};

function personNamed(displayName: string, user: string): Principal {
  const kubernetes = { user: displayName.toLowerCase(), groups: ['ops'] };
  return { id: `slack:T1:${user}`, displayName, kubernetes, source: 'slack' };
}

function contextOf(job: JobRequest, attempt: number): JobContext {
  const { deduplicationId, correlationId } = job;
  const maxAttempts = JOB_CATALOG.get(job.name)?.maxAttempts ?? 1;
  return { deduplicationId, correlationId, attempt, maxAttempts, signal: new AbortController().signal };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function snapshotOfShop() {
  const ready = { containers: [aContainer()] };
  const crashing = { containers: [aCrashingContainer(1)] };
  return aSnapshot()
    .with(aNamespace('shop'))
    .with(
      ...aDeployed('checkout', [
        { revision: 1, pods: [] },
        { revision: 2, ageMs: 600_000, image: 'checkout:2', pods: [crashing, crashing] },
      ]).views,
    )
    .with(...aDeployed('basket', [{ revision: 1, pods: [ready, ready] }]).views)
    .build();
}

function deploymentNamed(name: string): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      resourceVersion: '10',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } } },
    },
    status: { readyReplicas: 2 },
  };
}
