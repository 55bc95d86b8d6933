import { createHash } from 'node:crypto';
import {
  type BallotResult,
  type Conversation,
  type ConversationId,
  type CorrelationId,
  createPermitOffice,
  type JobRequest,
  type JsonPatchOperation,
  type KubeObject,
  type OperationRequest,
  type Plan,
  type PlanId,
  type PlanRecord,
  type Principal,
  type RequestId,
  type Store,
  type WorkloadRef,
  type WriteRequest,
} from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { openSqliteStore } from '@jamie/store';
import {
  createTemporaryDirectory,
  FakeClock,
  FakeCluster,
  FakePeople,
  FakeSigner,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { newPlanChanges } from './announce.ts';
import { createOperations, type Operations } from './operations.ts';
import type { OperationsContext, OperationsTiming } from './operations-context.ts';

export const CHECKOUT: WorkloadRef = { kind: 'Deployment', namespace: 'payments', name: 'checkout' };

export const TIMING: OperationsTiming = {
  leaseMs: 10_000,
  verifyIntervalMs: 1_000,
  watchIntervalMs: 5_000,
  readyForMs: 5_000,
  verifyWithinMs: 60_000,
  failFastAfterMs: 10_000,
  evictionRetryMs: 2_000,
  evictionWithinMs: 20_000,
  answerWithinMs: 600_000,
  watchScale: 1,
};

export function person(name: string): Principal {
  return {
    id: `slack:T1:${name}`,
    displayName: name,
    kubernetes: { user: name, groups: ['ops'] },
    source: 'slack',
  };
}

export function deployment(replicas: number): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: CHECKOUT.name,
      namespace: CHECKOUT.namespace,
      uid: 'uid-checkout',
      resourceVersion: '10',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      annotations: { 'deployment.kubernetes.io/revision': '2' },
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'checkout' } },
      template: {
        metadata: { labels: { app: 'checkout' } },
        spec: { containers: [{ name: 'app', image: 'checkout:2' }] },
      },
    },
    status: {},
  };
}

/** Operations over a real store in a temporary directory and a cluster in memory, with time in the test's hand. */
export class OperationsWorld {
  readonly clock = new FakeClock();
  readonly people = new FakePeople();
  readonly cluster: FakeCluster;
  readonly store: Store;
  readonly context: OperationsContext;
  readonly operations: Operations;
  /** The rules in force. */
  book: PolicyBook = BUILT_IN_POLICY;
  readonly #directory = createTemporaryDirectory();
  readonly #database: Database = openDatabase({ directory: this.#directory.path });
  readonly #done = new Set<string>();
  #requests = 0;

  constructor(environment: 'development' | 'production' = 'development', timing: OperationsTiming = TIMING) {
    const permits = createPermitOffice();
    this.store = openSqliteStore({ database: this.#database, digest: sha256, clock: this.clock });
    this.cluster = new FakeCluster(permits, environment);
    this.cluster.put(deployment(3));
    this.cluster.settle(CHECKOUT);
    this.context = {
      store: this.store,
      clusters: this.cluster,
      clock: this.clock,
      ids: new SequentialIds(),
      digest: sha256,
      permits,
      people: this.people,
      signer: new FakeSigner(),
      policy: { current: () => this.book },
      logger: new RecordingLogger(),
      instanceId: 'worker-1',
      ownNamespace: 'jamie-scarlet',
      timing,
    };
    this.operations = createOperations(this.context);
  }

  /** Another process on the same store and cluster. */
  another(instanceId: string, overrides: Partial<OperationsContext> = {}): Operations {
    return createOperations({ ...this.context, ...overrides, instanceId });
  }

  /** Stores a plan that was made elsewhere, as it waits for its decision. */
  async insert(plan: Plan): Promise<PlanRecord> {
    await this.#countRequest();
    const now = this.clock.now();
    const record = { plan, status: 'awaiting_approval', version: 1, updatedAt: now, reason: '' } as const;
    await this.store.commit(newPlanChanges(record));
    return record;
  }

  async #countRequest(): Promise<void> {
    if (this.#requests === 0)
      await this.store.commit([{ kind: 'conversation.insert', conversation: CONVERSATION }]);
    this.#requests += 1;
  }

  /** Plans and stores an operation, as a request of `by` would. */
  async propose(operation: OperationRequest, by: Principal = person('ada')): Promise<PlanRecord> {
    await this.#countRequest();
    const result = await this.operations.plan({
      operation,
      requester: by,
      requestId: `r_${this.#requests}` as RequestId,
      conversationId: CONVERSATION.id,
      correlationId: `x_${this.#requests}` as CorrelationId,
      planKey: `request:${this.#requests}`,
    });
    if (result.kind === 'refused') throw new Error(`refused: ${result.reason}: ${result.message}`);
    await this.store.commit(newPlanChanges(result.record));
    return result.record;
  }

  proposeScale(replicas: number, by?: Principal): Promise<PlanRecord> {
    return this.propose({ kind: 'scale', target: CHECKOUT, replicas }, by);
  }

  async approve(planId: PlanId, ...names: readonly string[]): Promise<BallotResult> {
    let result: BallotResult | undefined;
    for (const name of names.length === 0 ? ['ada'] : names) {
      result = await this.operations.vote({ planId, principal: person(name), decision: 'approve' });
    }
    if (result === undefined) throw new Error('nobody voted');
    return result;
  }

  async read(planId: PlanId): Promise<PlanRecord> {
    const record = await this.store.findPlan(planId);
    if (record === undefined) throw new Error(`no plan ${planId}`);
    return record;
  }

  /** Runs the jobs that are due until none is left, like a worker that never dies. */
  async runJobs(operations: Operations = this.operations): Promise<void> {
    for (;;) {
      const entries = await this.store.listOutbox(1_000);
      const due = entries.filter(
        ({ job }) => !this.#done.has(job.deduplicationId) && (job.runAt ?? 0) <= this.clock.now(),
      );
      if (due.length === 0) return;
      for (const { job } of due) {
        await runJob(operations, job);
        this.#done.add(job.deduplicationId);
      }
    }
  }

  /** Lets time pass and jobs run; the cluster settles at once unless told otherwise. */
  async live(durationMs: number, settle = true): Promise<void> {
    for (let passed = 0; passed < durationMs; passed += 1_000) {
      if (settle) this.cluster.settle(CHECKOUT);
      await this.clock.advance(1_000);
      await this.runJobs();
    }
  }

  async destroy(): Promise<void> {
    await this.store.close();
    this.#database.close();
    this.#directory.remove();
  }
}

export const CONVERSATION: Conversation = {
  id: 'c_1' as ConversationId,
  place: { surface: 'local', key: 'test' },
  createdAt: 0,
  version: 1,
};

/** The operations of a write that must be a patch. */
export function patchOf(request: WriteRequest | undefined): readonly JsonPatchOperation[] {
  if (request?.verb !== 'patch') throw new Error('not a patch');
  return request.patch;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function runJob(operations: Operations, { name, payload }: JobRequest): Promise<void> {
  const planId = payload['planId'] as PlanId;
  if (name === 'operations.execute') await operations.execute(planId);
  if (name === 'operations.verify') await operations.verify(planId, payload['tick'] as number);
  if (name === 'operations.rollback') await operations.rollBack(planId);
  if (name === 'operations.expire') await operations.expire(planId);
}
