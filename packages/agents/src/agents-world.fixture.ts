import { createHash } from 'node:crypto';
import {
  type Check,
  type Clusters,
  type ConversationPlace,
  createPermitOffice,
  type MessageId,
  type Notifier,
  type Principal,
  type Reply,
  type RequestId,
  SILENT_BOARD,
  type Store,
} from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
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
import type { BaseCheckpointSaver } from '@langchain/langgraph';
import type { AgentsContext } from './agents-context.ts';
import { answerIdOf } from './desk/answer-id.ts';
import { createDesk } from './desk/desk.ts';
import { handleRequest } from './desk/handle-request.ts';
import { createRunningRequests } from './desk/running-requests.ts';
import { type GraphCheckpoints, openGraphCheckpoints } from './graphs/graph-checkpoints.ts';

export const ADA: Principal = {
  id: 'slack:T1:U1',
  displayName: 'Ada',
  kubernetes: { user: 'ada', groups: ['ops'] },
  source: 'slack',
};

export interface WorldOptions {
  /** What the person may name; the one cluster in memory unless told otherwise. */
  readonly toClusters?: (cluster: FakeCluster) => Clusters;
  readonly checks?: readonly Check[];
  readonly persona?: AgentsContext['persona'];
}

/** A desk over a real store and a cluster in memory: checkout crashes since its newest revision, basket is well. */
export class AgentsWorld {
  readonly clock = new FakeClock();
  readonly cluster: FakeCluster;
  readonly store: Store;
  readonly context: AgentsContext;
  /** Where the next request is made. */
  place: ConversationPlace = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' };
  readonly #directory = createTemporaryDirectory();
  readonly #database: Database = openDatabase({ directory: this.#directory.path });
  #asked = 0;

  constructor({
    toClusters = (cluster: FakeCluster): Clusters => cluster,
    checks = [],
    persona = 'off',
  }: WorldOptions = {}) {
    const permits = createPermitOffice();
    this.store = openSqliteStore({ database: this.#database, digest: sha256, clock: this.clock });
    this.cluster = new FakeCluster(permits);
    this.cluster.snapshot = snapshotOfShop();
    for (const name of ['checkout', 'basket']) this.cluster.put(deploymentNamed(name));
    const shared = {
      store: this.store,
      clusters: toClusters(this.cluster),
      clock: this.clock,
      ids: new SequentialIds(),
      digest: sha256,
      logger: new RecordingLogger(),
      signer: new FakeSigner(),
    };
    const operations = createOperations({
      ...shared,
      permits,
      people: new FakePeople(),
      policy: { current: () => BUILT_IN_POLICY },
      instanceId: 'worker-1',
      ownNamespace: 'jamie-scarlet',
      timing: {
        leaseMs: 10_000,
        verifyIntervalMs: 1_000,
        watchIntervalMs: 5_000,
        readyForMs: 5_000,
        verifyWithinMs: 60_000,
        failFastAfterMs: 10_000,
        evictionRetryMs: 2_000,
        evictionWithinMs: 60_000,
        answerWithinMs: 600_000,
        watchScale: 1,
      },
    });
    this.context = {
      ...shared,
      operations,
      checks,
      persona,
      checkpoints: this.openCheckpoints(),
      running: createRunningRequests(),
      progress: SILENT_BOARD,
      keys: shared.signer,
    };
  }

  /** Submits, lets the worker answer, and gives back what the conversation was shown. */
  async ask(text: string, form: 'command' | 'sentence' = 'command', principal = ADA): Promise<Reply> {
    this.#asked += 1;
    const desk = createDesk(this.context);
    const { requestId, conversationId } = await desk.submit({
      idempotencyKey: `ask-${this.#asked}`,
      principal,
      place: this.place,
      form,
      text,
    });
    await handleRequest(this.context, requestId, true);
    const shown = await desk.readTranscript(conversationId);
    const last = shown.filter(({ message }) => message.author === 'jamie').at(-1);
    if (last?.message.body.kind !== 'reply') throw new Error('no reply');
    return last.message.body.reply;
  }

  /** The graphs' checkpoints as a process opens them; `wrap` stands between a graph and the saver. */
  openCheckpoints(
    wrap: (saver: BaseCheckpointSaver) => BaseCheckpointSaver = (saver) => saver,
  ): GraphCheckpoints {
    return openGraphCheckpoints(openGraphThreads(this.#database), async () => {
      const { SqliteCheckpointSaver } = await import('@jamie/store/checkpoints');
      return wrap(new SqliteCheckpointSaver({ database: this.#database }));
    });
  }

  answerId(requestId: RequestId): MessageId {
    return answerIdOf(requestId);
  }

  /** Changes the audit record behind the program's back, as somebody with the file could. */
  tamper(statement: string): void {
    for (const name of ['audit_is_never_changed', 'audit_is_deleted_up_to_a_removal_only'])
      this.#database.run(`DROP TRIGGER ${name}`);
    this.#database.run(statement);
  }

  async destroy(): Promise<void> {
    await this.store.close();
    this.#database.close();
    this.#directory.remove();
  }
}

/** A notifier that posts into a list. */
export class ListNotifier implements Notifier {
  readonly shown: string[] = [];
  failure: Error | undefined;

  async show({ message }: Parameters<Notifier['show']>[0]): Promise<{ ts: string }> {
    if (this.failure !== undefined) throw this.failure;
    this.shown.push(`${message.id}@${message.version}`);
    return { ts: message.slack?.ts ?? `${this.shown.length}.0` };
  }

  async findPostWait(): Promise<number> {
    return 0;
  }

  async showDigest(messages: Parameters<Notifier['showDigest']>[0]): Promise<{ ts: string; isDigest: true }> {
    if (this.failure !== undefined) throw this.failure;
    this.shown.push(messages.map(({ message }) => message.id).join('+'));
    return { ts: `${this.shown.length}.0`, isDigest: true };
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function snapshotOfShop() {
  const ready = { containers: [aContainer()] };
  const crashing = { containers: [aCrashingContainer(1)] };
  return aSnapshot()
    .with(aNamespace('shop'), aNamespace('payments'))
    .with(
      ...aDeployed('checkout', [
        { revision: 1, pods: [] },
        { revision: 2, ageMs: 600_000, image: 'checkout:2', pods: [crashing, crashing] },
      ]).views,
    )
    .with(...aDeployed('basket', [{ revision: 1, pods: [ready, ready] }]).views)
    .with(...aDeployed('basket', [{ revision: 1, pods: [ready] }], { namespace: 'payments' }).views)
    .build();
}

function deploymentNamed(name: string) {
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
