import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlackEmulator, type EmulatedMessage, type SlackEmulator } from '@jamie/testing';
import type { Backend } from './backends/backend.ts';
import type { DeathOrder } from './death-order.ts';
import { Program, type RunningProgram } from './program.ts';

const CHANNEL = 'C0FAULTS';
const PERSON = 'U0ADA';
const REPLICAS_BEFORE = 2;
export const REPLICAS_AFTER = 3;

const POLL_MS = 100;
/** A person who sees nothing happen clicks again after this. */
const CLICK_AGAIN_MS = 6_000;
/** How soon, after a death, everything must have come to its visible end. */
const DEADLINE_MS = 120_000;
/** No boundary for this long: the program has nothing left to do. */
const QUIET_MS = 1_200;

const APPROVE = 'plan.approve';
const SUCCESS = /Done, verified, and still well after the watch/;

export interface TrialWorldOptions {
  readonly backend: Backend;
  readonly deployment: string;
  readonly kubeconfig: string;
  /** For the first run of the program, the second and so on. */
  readonly orders: readonly DeathOrder[];
}

/** One trial: a Deployment, a Slack workspace and a data directory of its own, and the runs of the program on them. */
export class TrialWorld {
  readonly slack: SlackEmulator;
  readonly backend: Backend;
  readonly deployment: string;
  readonly program: Program;
  /** How many messages of ours the channel has when all is done. */
  expectedMessages = 1;
  readonly violations: string[] = [];
  /** Real kill -9 signals that ended a run, at which boundary each. */
  readonly kills: string[] = [];
  readonly #directory: string;
  readonly #orders: DeathOrder[];
  #running: RunningProgram | undefined;
  #supervised: Promise<void> = Promise.resolve();
  #diedAt: number | undefined;
  #doneAt: number | undefined;
  #isEnding = false;
  #passed: readonly string[] = [];

  private constructor({ backend, deployment, kubeconfig, orders }: TrialWorldOptions, slack: SlackEmulator) {
    this.backend = backend;
    this.deployment = deployment;
    this.slack = slack;
    this.#orders = [...orders];
    this.#directory = mkdtempSync(join(tmpdir(), 'jamie-faults-'));
    const { apiUrl, botToken, appToken, workspace } = slack;
    this.program = new Program({
      directory: this.#directory,
      kubeconfig,
      person: backend.person,
      slack: { apiUrl, botToken, appToken, teamId: workspace.teamId, userId: PERSON },
    });
  }

  /** Makes everything but does not start the program. */
  static async create(options: TrialWorldOptions): Promise<TrialWorld> {
    const slack = createSlackEmulator({
      mode: 'socket',
      times: { ackTimeoutMs: 1_000, retryDelaysMs: [0, 1_000, 5_000] },
    });
    await slack.start();
    await options.backend.createDeployment(options.deployment, REPLICAS_BEFORE);
    return new TrialWorld(options, slack);
  }

  /** Runs the program, again after each kill, and waits until it listens to Slack for the first time. */
  async start(): Promise<void> {
    this.#supervised = this.#supervise();
    await this.until('the Deployment is ready', async () => {
      const { readyReplicas } = await this.backend.readDeployment(this.deployment);
      return readyReplicas === REPLICAS_BEFORE;
    });
    await this.untilConnected();
  }

  async #supervise(): Promise<void> {
    while (!this.#isEnding) {
      this.#running = this.program.start(this.#orders.shift());
      const { code, signal } = await this.#running.ended;
      if (this.#isEnding) return;
      this.#diedAt = performance.now();
      if (signal === 'SIGKILL') this.kills.push(this.program.boundaries().at(-1) ?? 'before any boundary');
      else {
        this.violations.push(`the program ended by itself (${signal ?? code}): ${this.program.output()}`);
        return;
      }
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
    return `scale deploy/${this.deployment} ${REPLICAS_AFTER} -n ${this.backend.namespace}`;
  }

  /** Clicks Approve on the first card that offers it, again where nothing came of it, until one shows success. */
  async approveUntilDone(): Promise<void> {
    let clickedAt = Number.NEGATIVE_INFINITY;
    await this.until('the card shows that it is done and verified', () => {
      const [card] = this.cards();
      if (card === undefined) return false;
      if (SUCCESS.test(card.text)) {
        this.#doneAt = performance.now();
        return true;
      }
      if (!offers(card, APPROVE) || performance.now() - clickedAt < CLICK_AGAIN_MS) return false;
      clickedAt = performance.now();
      this.click(card);
      return false;
    });
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

  click(card: EmulatedMessage): void {
    this.slack.click({ user: PERSON, channel: CHANNEL, ts: card.ts, actionId: APPROVE });
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
    await this.#supervised;
    this.#passed = this.program.boundaries();
  }

  async dispose(): Promise<void> {
    await this.end();
    await this.slack.stop();
    await this.backend.deleteDeployment(this.deployment);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The trial has failed; its violations say how. */
export class TrialOver extends Error {}

function offers(card: EmulatedMessage, actionId: string): boolean {
  return JSON.stringify(card.blocks).includes(`"action_id":"${actionId}"`);
}
