import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BallotResult,
  type Conversation,
  type ConversationId,
  type CorrelationId,
  isOpsError,
  isTerminal,
  type OperationRequest,
  type PlanId,
  type PlanRecord,
  type Principal,
  type RequestId,
  type Store,
} from '@jamie/core';
import { newPlanChanges, type OperationsTiming } from '@jamie/operations';
import { BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { FakePeople, FakeSigner, RecordingLogger } from '@jamie/testing';
import { type Dice, diceOf } from './dice.ts';
import type { Lane, Site } from './lane.ts';
import type { MadeChange } from './made-change.ts';
import { ProcessClock } from './process-clock.ts';
import { Crash, Replica, type ReplicaTls } from './replica.ts';
import { openStorage, type PairName, type Storage, type StoragePlace } from './storage.ts';

/** In milliseconds of the trial, of which eight pass in one. */
export const TIMING: OperationsTiming = {
  leaseMs: 8_000,
  verifyIntervalMs: 400,
  watchIntervalMs: 600,
  readyForMs: 800,
  verifyWithinMs: 120_000,
  failFastAfterMs: 4_000,
  evictionRetryMs: 1_000,
  evictionWithinMs: 10_000,
  answerWithinMs: 240_000,
  watchScale: 0.005,
};

/** Every commit of this pair crosses two networks that share a thread with everything else here. */
export const FULL_LEASE_MS = 24_000;

/** How long, by the wall, everything may take to come to its end. */
const PATIENCE_MS = 120_000;
const POLL_MS = 60;
/** Somebody whose click came to nothing clicks again. */
const CLICKS = 200;

/** Where a trial runs, and which one it is. */
export interface QuickSpec {
  readonly family: string;
  readonly seed: number;
  readonly trial: number;
  readonly backend: Site['backend']['name'];
  readonly pair: PairName;
}

/** One trial: objects of its own in a cluster, data of its own, and processes that come and go. */
export class QuickTrial {
  readonly spec: QuickSpec;
  readonly site: Site;
  readonly lane: Lane;
  readonly dice: Dice;
  /** Every object of the trial has a name that begins with it and a dash. */
  readonly name: string;
  readonly people = new FakePeople();
  readonly signer = new FakeSigner();
  readonly violations: string[] = [];
  readonly replicas: Replica[] = [];
  /** What it made in the cluster. */
  readonly parts: MadeChange[] = [];
  /** The version of the plan that its card shows. */
  readonly painted = new Map<string, number>();
  timing = TIMING;
  policy: PolicyBook = BUILT_IN_POLICY;
  /** How the API server is reached; absent: without TLS. */
  tls: ReplicaTls | undefined;
  wrapStore: ((store: Store, replica: Replica) => Store) | undefined;
  onBoundary: (replica: Replica, name: string) => void = () => undefined;
  /** Whether a process that has died is followed by another. */
  revives = true;
  #place: StoragePlace | undefined;
  #inspector: Storage | undefined;
  #asked = 0;
  #parts = 0;
  #ending = false;
  readonly #directory = mkdtempSync(join(tmpdir(), 'jamie-quick-'));
  readonly #gone: Promise<void>[] = [];

  constructor(spec: QuickSpec, site: Site, lane: Lane) {
    this.spec = spec;
    if (spec.pair === 'full') this.timing = { ...TIMING, leaseMs: FULL_LEASE_MS };
    this.site = site;
    this.lane = lane;
    this.dice = diceOf(spec.family, spec.seed, spec.trial);
    this.name = `${spec.family.toLowerCase()}-${spec.seed}-${spec.trial}`;
  }

  get directory(): string {
    return this.#directory;
  }

  get namespace(): string {
    return this.site.backend.namespace;
  }

  /** Where all plans of the trial are asked for. */
  get conversationId(): ConversationId {
    return CONVERSATION.id;
  }

  get hasBegun(): boolean {
    return this.#inspector !== undefined;
  }

  /** The data as nobody's process sees it: reads only. */
  get store(): Store {
    if (this.#inspector === undefined) throw new Error('the trial has not begun');
    return this.#inspector.store;
  }

  get inspector(): Storage {
    if (this.#inspector === undefined) throw new Error('the trial has not begun');
    return this.#inspector;
  }

  async place(): Promise<StoragePlace> {
    this.#place ??= await this.#choosePlace();
    return this.#place;
  }

  async #choosePlace(): Promise<StoragePlace> {
    if (this.spec.pair === 'embedded') return { pair: 'embedded', directory: this.#directory };
    const [redis, mongodb] = await Promise.all([this.lane.redis(), this.lane.mongodb()]);
    const { url: mongodbUrl } = mongodb;
    return {
      ...{ pair: 'full', mongodbUrl, redisPort: redis.port },
      ...{ database: this.name, keyPrefix: this.name },
    };
  }

  /** Opens the data and starts this many processes. */
  async begin(replicas = 1): Promise<void> {
    await this.openInspector();
    await this.store.commit([{ kind: 'conversation.insert', conversation: CONVERSATION }]);
    for (let count = 0; count < replicas; count += 1) await this.startReplica();
  }

  async openInspector(): Promise<void> {
    this.#inspector = await openStorage(await this.place(), {
      clock: new ProcessClock(),
      logger: new RecordingLogger(),
      gate: () => undefined,
    });
  }

  async closeInspector(): Promise<void> {
    await this.#inspector?.close();
    this.#inspector = undefined;
  }

  /** `maxBytes`: how much the disk takes, where the data is in a file. */
  async startReplica(disk: { readonly maxBytes?: number } = {}): Promise<Replica> {
    const replica = new Replica({
      place: { ...(await this.place()), ...disk },
      api: this.site.api,
      info: this.site.info,
      snapshots: this.site.snapshots,
      people: this.people,
      signer: this.signer,
      policy: { current: () => this.policy },
      timing: this.timing,
      ...(this.tls !== undefined && { tls: this.tls }),
      ...(this.wrapStore !== undefined && { wrapStore: this.wrapStore }),
      onBoundary: (process, name) => this.onBoundary(process, name),
      onShown: async (messageId, store) => {
        const message = await store.findMessage(messageId);
        const record = message?.planId && (await store.findPlan(message.planId));
        if (record) this.painted.set(record.plan.id, record.version);
      },
    });
    this.replicas.push(replica);
    await replica.start();
    return replica;
  }

  /** A process that lives; the next one is started when none does. */
  async living(): Promise<Replica> {
    await this.bury();
    const [replica] = this.replicas.filter(({ isDead }) => !isDead);
    return replica ?? this.startReplica();
  }

  /** Takes away those that have died, and starts as many. */
  async bury(): Promise<void> {
    for (const replica of this.replicas.filter(({ isDead }) => isDead)) {
      this.replicas.splice(this.replicas.indexOf(replica), 1);
      this.#gone.push(replica.dispose());
      if (this.revives && !this.#ending) await this.startReplica();
    }
  }

  /** The number of the next object. */
  nextPart(): number {
    this.#parts += 1;
    return this.#parts;
  }

  person(index = 0): Principal {
    const { person, approvers } = this.site.backend;
    const { user, groups } = [person, ...approvers][index] ?? person;
    return {
      id: `slack:T1:${user}`,
      displayName: user,
      kubernetes: { user, groups: [...groups] },
      source: 'slack',
    };
  }

  /** Asks until there is a plan or a refusal, whatever dies meanwhile. */
  async propose(operation: OperationRequest, by: Principal = this.person()): Promise<PlanRecord> {
    this.#asked += 1;
    const number = this.#asked;
    const record = await this.again(async (replica) => {
      const result = await replica.operations.plan({
        ...{ operation, requester: by, conversationId: CONVERSATION.id, planKey: `${this.name}:${number}` },
        requestId: `r_${number}` as RequestId,
        correlationId: `x_${number}` as CorrelationId,
      });
      if (result.kind === 'refused') throw new Refused(`${result.reason}: ${result.message}`);
      if (replica.isDead) throw new Crash();
      const stored = await this.store.findPlan(result.record.plan.id);
      if (stored === undefined) await this.store.commit(newPlanChanges(result.record));
      return result.record;
    });
    return record;
  }

  vote(
    planId: PlanId,
    person = 0,
    decision: 'approve' | 'deny' = 'approve',
    over: { readonly planHash?: string } = {},
  ): Promise<BallotResult> {
    const principal = this.person(person);
    return this.again(({ operations }) => operations.vote({ planId, principal, decision, ...over }));
  }

  /** Everybody whom the plan asks for approves it, the requester too where they count. */
  async approve({ plan }: PlanRecord): Promise<void> {
    const { approvals, requesterCounts } = plan.risk.quorum;
    const first = requesterCounts ? 0 : 1;
    for (let index = first; index < first + approvals; index += 1) await this.vote(plan.id, index);
  }

  /** Does it until it is done, as somebody who sees nothing happen does. */
  async again<Result>(work: (replica: Replica) => Promise<Result>): Promise<Result> {
    for (let click = 0; click < CLICKS; click += 1) {
      const replica = await this.living();
      try {
        return await work(replica);
      } catch (error) {
        const mayPass = replica.isDead || (isOpsError(error) && (error.retryable || isCutOff(error)));
        if (error instanceof Refused || !mayPass) throw error;
        await sleep(POLL_MS);
      }
    }
    throw new TrialOver(`clicked ${CLICKS} times in vain`);
  }

  async read(planId: PlanId): Promise<PlanRecord> {
    const record = await this.store.findPlan(planId);
    if (record === undefined) throw new TrialOver(`there is no plan ${planId}`);
    return record;
  }

  /** Waits until it is so, while the dead are followed by others. */
  async until(what: string, isSo: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new TrialOver(`waited in vain until ${what}`);
      await this.bury();
      await sleep(POLL_MS);
    }
  }

  /** Waits until these plans have ended, and their cards say so. */
  async untilEnded(planIds: readonly PlanId[], patienceMs = PATIENCE_MS): Promise<readonly PlanRecord[]> {
    const last: PlanRecord[] = [];
    const haveEnded = async () => {
      const records = await Promise.all(planIds.map((id) => this.read(id)));
      last.splice(0, last.length, ...records);
      return records.every(
        ({ plan, status, version }) => isTerminal(status) && this.painted.get(plan.id) === version,
      );
    };
    await this.until('the plans have ended and their cards say so', haveEnded, patienceMs);
    return last;
  }

  /** Requests of all processes that live. */
  get requests(): number {
    return this.replicas.reduce((sum, { proxy }) => sum + proxy.requests, 0);
  }

  async end(): Promise<void> {
    this.#ending = true;
    await Promise.all(this.replicas.map((replica) => replica.dispose()));
    await Promise.all(this.#gone);
    await this.#inspector?.close();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** No plan was made. */
class Refused extends Error {}

/** The trial has failed; the message is its violation. */
export class TrialOver extends Error {}

function isCutOff(error: unknown): boolean {
  return isOpsError(error, 'unavailable') || isOpsError(error, 'timeout');
}

const CONVERSATION: Conversation = {
  id: 'c_1' as ConversationId,
  place: { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' },
  createdAt: 0,
  version: 1,
};
