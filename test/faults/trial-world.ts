import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createSlackEmulator,
  type EmulatedMessage,
  type MongodbDouble,
  type SlackEmulator,
  startMongodbDouble,
} from '@jamie/testing';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import type { Backend } from './backends/backend.ts';
import type { Change, PreparedChange } from './changes/change.ts';
import { whatIsLeft } from './check-left.ts';
import type { DeathOrder } from './death-order.ts';
import { Program, type RunningProgram } from './program.ts';
import type { QueueName, StoreName } from './trial.ts';

const CHANNEL = 'C0FAULTS';
/** Who asks, and approves what asks for no second person. */
const PERSON = 'U0ADA';
const APPROVERS = ['U0BEA', 'U0CID'] as const;

const POLL_MS = 100;
/** A person who sees nothing happen clicks again after this. */
const CLICK_AGAIN_MS = 6_000;
/** How soon, after a death, everything must have come to its visible end. */
const DEADLINE_MS = 120_000;
/** No boundary for this long: the program has nothing left to do. */
const QUIET_MS = 1_200;
/** How often others look whether it is their turn. */
const MEANWHILE_MS = 300;

const APPROVE = 'plan.approve';
const ENDED: Readonly<Record<PreparedChange['ends'], RegExp>> = {
  succeeded: /Done, verified, and still well after the watch/,
  rolled_back: /Rolled back and verified/,
};

export interface TrialWorldOptions {
  readonly backend: Backend;
  readonly change: Change;
  readonly queue: QueueName;
  readonly store: StoreName;
  /** The name of the trial's objects. */
  readonly trial: string;
  readonly kubeconfig: string;
  /** For the first run of the program, the second and so on. */
  readonly orders: readonly DeathOrder[];
}

interface WorldParts {
  readonly slack: SlackEmulator;
  readonly prepared: PreparedChange;
  readonly redis: RedisServer | undefined;
  readonly mongodb: MongodbDouble | undefined;
}

/** One trial: objects in a cluster, a Slack workspace and a data directory of its own, and the runs of the program on them. */
export class TrialWorld {
  readonly slack: SlackEmulator;
  readonly backend: Backend;
  /** The name of the trial's objects; of the Deployment that is scaled. */
  readonly deployment: string;
  readonly change: PreparedChange;
  readonly redis: RedisServer | undefined;
  readonly mongodb: MongodbDouble | undefined;
  readonly program: Program;
  /** How many messages of ours the channel has when all is done. */
  expectedMessages = 1;
  readonly violations: string[] = [];
  /** Real kill -9 signals that ended a run, at which boundary each. */
  readonly kills: string[] = [];
  readonly #directory: string;
  readonly #orders: DeathOrder[];
  #running: RunningProgram | undefined;
  #others: Promise<unknown> = Promise.resolve();
  #isInterrupted = false;
  readonly #approvers: readonly string[];
  #diedAt: number | undefined;
  #doneAt: number | undefined;
  #isEnding = false;
  #passed: readonly string[] = [];

  private constructor({ backend, trial, kubeconfig, orders, change }: TrialWorldOptions, parts: WorldParts) {
    const { slack, prepared, redis, mongodb } = parts;
    this.backend = backend;
    this.deployment = trial;
    this.change = prepared;
    this.redis = redis;
    this.mongodb = mongodb;
    this.slack = slack;
    this.#approvers = change.name === 'scale' ? [PERSON] : APPROVERS;
    this.#orders = [...orders];
    this.#directory = mkdtempSync(join(tmpdir(), 'jamie-faults-'));
    const { apiUrl, botToken, appToken, workspace } = slack;
    const others = backend.approvers.map((kubernetes, index) => ({
      account: APPROVERS[index] ?? '',
      kubernetes,
    }));
    this.program = new Program({
      directory: this.#directory,
      kubeconfig,
      people: [{ account: PERSON, kubernetes: backend.person }, ...others],
      ...(redis !== undefined && { redisUrl: redis.url }),
      ...(mongodb !== undefined && { mongodbUrl: mongodb.url }),
      slack: { apiUrl, botToken, appToken, teamId: workspace.teamId },
    });
  }

  /** Makes everything but does not start the program. */
  static async create(options: TrialWorldOptions): Promise<TrialWorld> {
    const slack = createSlackEmulator({
      mode: 'socket',
      times: { ackTimeoutMs: 1_000, retryDelaysMs: [0, 1_000, 5_000] },
    });
    await slack.start();
    const redis = options.queue === 'redis' ? await startRedis() : undefined;
    const mongodb =
      options.store === 'mongodb' ? await startMongodbDouble({ transactionLifetimeMs: 10_000 }) : undefined;
    const prepared = await options.change.prepare(options);
    return new TrialWorld(options, { slack, redis, mongodb, prepared });
  }

  /** Runs the program, again after each kill, and waits until it listens to Slack for the first time. */
  async start(): Promise<void> {
    this.#running = this.#run();
    this.#others = Promise.all([this.#supervise(this.#running), this.#meanwhile(), this.#interrupt()]);
    await this.untilConnected();
  }

  #run(): RunningProgram {
    const order = this.#orders.shift();
    const { interruption } = this.change;
    const standing: DeathOrder[] =
      interruption === undefined || this.#isInterrupted ? [] : [{ at: [interruption.at], action: 'stop' }];
    return this.program.start(order === undefined ? standing : [...standing, order]);
  }

  async #supervise(first: RunningProgram): Promise<void> {
    for (let running = first; ; running = this.#running = this.#run()) {
      const { code, signal } = await running.ended;
      if (this.#isEnding) return;
      this.#diedAt = performance.now();
      if (signal === 'SIGKILL') this.kills.push(this.program.boundaries().at(-1) ?? 'before any boundary');
      else {
        this.violations.push(`the program ended by itself (${signal ?? code}): ${this.program.output()}`);
        return;
      }
    }
  }

  /** What other people do while the plan goes on. */
  async #meanwhile(): Promise<void> {
    while (!this.#isEnding) {
      if ((await this.change.meanwhile?.()) ?? true) return;
      await sleep(MEANWHILE_MS);
    }
  }

  /** Somebody changes an object while the program stands still at a boundary, in whichever run it comes there. */
  async #interrupt(): Promise<void> {
    const { interruption } = this.change;
    let seen = 0;
    while (interruption !== undefined && !this.#isEnding) {
      seen = this.program.boundaries().at(-1) === interruption.at ? seen + 1 : 0;
      // Between the log line and the stop lies one system call.
      if (seen >= 3) {
        await interruption.carryOut();
        this.#isInterrupted = true;
        this.signal('SIGCONT');
        return;
      }
      await sleep(POLL_MS);
    }
  }

  /** kill -9 from outside, for moments that only Slack or the network can see. */
  kill(): void {
    this.signal('SIGKILL');
  }

  signal(signal: NodeJS.Signals): void {
    this.#running?.kill(signal);
  }

  untilConnected(): Promise<void> {
    return this.until('the program listens to Slack', () => this.slack.hub.connectionCount > 0);
  }

  /** From the last death to the visible outcome; undefined when nobody died before it. */
  get recoveryMs(): number | undefined {
    if (this.#diedAt === undefined || this.#doneAt === undefined) return undefined;
    return this.#doneAt > this.#diedAt ? this.#doneAt - this.#diedAt : undefined;
  }

  /** The only cards in the channel. */
  cards(): readonly EmulatedMessage[] {
    return this.ours().filter(({ blocks }) => JSON.stringify(blocks).includes('Scarlet'));
  }

  /** What the bot has posted in the channel. */
  ours(): readonly EmulatedMessage[] {
    return this.slack.transcript(CHANNEL).filter(({ isOurs }) => isOurs);
  }

  /** Every boundary that any run passed. */
  get passed(): readonly string[] {
    return this.#passed;
  }

  get request(): string {
    return this.change.request;
  }

  /** Whether the outcome has been shown and nothing happens any more. */
  get isOver(): boolean {
    return this.#doneAt !== undefined && performance.now() - this.#doneAt > 3 * QUIET_MS;
  }

  /** Approvers click in turn, again where nothing came of it, until the card shows how it ended. */
  async approveUntilDone(): Promise<void> {
    let clickedAt = Number.NEGATIVE_INFINITY;
    let clicked = '';
    let clicks = 0;
    await this.until(`the card shows that it ${this.change.ends}`, () => {
      const [card] = this.cards();
      if (card === undefined) return false;
      if (ENDED[this.change.ends].test(card.text)) {
        this.#doneAt ??= performance.now();
        return true;
      }
      const shown = JSON.stringify(card.blocks);
      const isNext = this.#approvers.length > 1 && shown !== clicked;
      if (!offers(card, APPROVE) || !(isNext || performance.now() - clickedAt > CLICK_AGAIN_MS)) return false;
      clickedAt = performance.now();
      clicked = shown;
      this.click(card, this.#approvers[clicks % this.#approvers.length]);
      clicks += 1;
      return false;
    });
  }

  /** The trial's change, in a mention. */
  ask(): void {
    this.mention(this.request);
  }

  mention(text: string): void {
    this.slack.mention({ user: PERSON, channel: CHANNEL, text });
  }

  command(text: string): void {
    // A command leaves no message of its own, so the bot posts one that says who asked what.
    this.expectedMessages = 2;
    this.slack.slash({ user: PERSON, channel: CHANNEL, text });
  }

  async untilApprovable(): Promise<void> {
    await this.until('a card offers Approve', () => this.cards().some((card) => offers(card, APPROVE)));
  }

  click(card: EmulatedMessage, user: string = PERSON): void {
    this.slack.click({ user, channel: CHANNEL, ts: card.ts, actionId: APPROVE });
  }

  /** Until the program does nothing more and all that it was to die of has happened. */
  async settle(): Promise<void> {
    let passed = -1;
    let since = performance.now();
    await this.until('the program comes to rest', () => {
      const now = this.program.boundaries().length;
      if (now !== passed || this.slack.hub.connectionCount === 0) since = performance.now();
      passed = now;
      return performance.now() - since > QUIET_MS;
    });
    // What an emptied Redis has lost is asked for again by the next sweep.
    if (this.redis === undefined) return;
    await this.until('nothing is left to do', async () => {
      return (await whatIsLeft(this.program.records)).length === 0;
    });
  }

  /** Looks until it is so. After the deadline that is a violation, and the trial ends. */
  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    let deadline = performance.now() + DEADLINE_MS;
    let deaths = this.kills.length;
    while (!(await isSo())) {
      if (this.violations.length > 0) throw new TrialOver();
      if (this.kills.length > deaths) deadline = performance.now() + DEADLINE_MS;
      deaths = this.kills.length;
      if (performance.now() > deadline) {
        this.violations.push(
          `no good outcome: waited ${DEADLINE_MS} ms in vain until ${what}; ${this.#picture()}`,
        );
        throw new TrialOver();
      }
      await sleep(POLL_MS);
    }
  }

  #picture(): string {
    const messages = this.ours().map(({ text }) => text.slice(0, 300));
    const last = this.program.boundaries().slice(-6).join(', ');
    return `the channel shows ${JSON.stringify(messages)}; last boundaries: ${last}; output: ${this.program.output().slice(-1_500)}`;
  }

  /** Ends the program as a power cut would: what it stored must be whole all the same. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#running?.kill('SIGKILL');
    await this.#others;
    this.#passed = this.program.boundaries();
  }

  async dispose(): Promise<void> {
    await this.end();
    await this.slack.stop();
    await this.redis?.stop();
    await this.mongodb?.stop();
    await this.change.remove();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The trial has failed; its violations say how. */
export class TrialOver extends Error {}

function offers(card: EmulatedMessage, actionId: string): boolean {
  return JSON.stringify(card.blocks).includes(`"action_id":"${actionId}"`);
}
