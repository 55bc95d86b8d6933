import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@jamie/core';
import { type Config, loadConfig, systemClock } from '@jamie/runtime';
import { createStandalone, type PortWrappers, type Standalone } from '@jamie/standalone';
import {
  createSlackEmulator,
  createTemporaryDirectory,
  type EmulatedFile,
  type EmulatedMessage,
  RecordingLogger,
  type SlackEmulator,
} from '@jamie/testing';
import { judgeSentPayloads } from '../block-kit/judge-sent-payloads.ts';
import type { TestCluster } from './test-cluster.ts';

/** Somebody in the emulated workspace, and who they are in Kubernetes; without that nobody knows them. */
export interface TestPerson {
  readonly slackId: string;
  readonly name: string;
  readonly kubernetes?: { readonly user: string; readonly groups: readonly string[] };
}

export interface SlackWorldOptions {
  readonly mode: 'socket' | 'http';
  readonly cluster: TestCluster;
  readonly people: readonly TestPerson[];
  /** Who the person at the page and the terminal is in Kubernetes. */
  readonly local?: { readonly user: string; readonly groups: readonly string[] };
  /** What faults are healed as; without it nothing is. */
  readonly selfHealing?: { readonly user?: string; readonly groups: readonly string[] };
  /** More of the program's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly wrap?: PortWrappers;
  /** What the program writes its log with; recorded in memory unless told otherwise. */
  readonly createLogger?: (config: Config) => Logger;
}

/** Short, so that a test need not wait; long enough that a busy machine does not make good rollouts fail. */
const TIMING = {
  EXECUTION_LEASE_MS: '5000',
  VERIFY_READY_MS: '200',
  VERIFY_TIMEOUT_MS: '12000',
  WATCH_SCALE: '0.004',
};
const ANSWER_WITHIN_MS = 30_000;
const POLL_MS = 20;
/** Everything that is still to be done now; jobs of later are not. */
const OPEN_WORK = `SELECT
  (SELECT count(*) FROM inbox WHERE finished_at IS NULL) +
  (SELECT count(*) FROM outbox WHERE taken_at IS NULL) +
  (SELECT count(*) FROM jobs WHERE status = 'active' OR (status = 'waiting' AND due_at <= ?)) AS count`;
const BUTTONS = {
  approve: 'plan.approve',
  edit: 'plan.edit',
  deny: 'plan.deny',
  undo: 'plan.undo',
} as const;

/** The whole program between an emulated Slack and a cluster. */
export class SlackWorld {
  readonly slack: SlackEmulator;
  readonly #options: SlackWorldOptions;
  readonly #directory = createTemporaryDirectory();
  #program: Standalone | undefined;
  #second: Standalone | undefined;
  #channels = 0;
  #link = '';

  constructor(options: SlackWorldOptions) {
    this.#options = options;
    this.slack = createSlackEmulator({
      mode: options.mode,
      times: { ackTimeoutMs: 2_000, retryDelaysMs: [0, 100, 4_000] },
    });
  }

  /** Starts everything; with `aheadMs` the program so much later than it is. */
  async start(aheadMs = 0): Promise<void> {
    await this.slack.start();
    const { workspace } = this.slack;
    for (const { slackId, name } of this.#options.people) workspace.addUser(slackId, { name });
    const people = this.#options.people
      .filter(({ kubernetes }) => kubernetes !== undefined)
      .map(({ slackId, name, kubernetes }) => ({
        name,
        slack: { team: workspace.teamId, user: slackId },
        kubernetes,
      }));
    const { local, selfHealing } = this.#options;
    const file = {
      people,
      ...(local !== undefined && { local: { name: 'Ada', kubernetes: local } }),
      ...(selfHealing !== undefined && { automation: { selfHealing } }),
    };
    writeFileSync(this.#principalsFile, JSON.stringify(file));
    await this.startProgram(aheadMs);
  }

  /** Starts on the same data; with `aheadMs` so much later than it is. */
  async startProgram(aheadMs = 0): Promise<void> {
    const { mode } = this.#options;
    const program = this.#createProgram(this.dataDirectory, aheadMs);
    this.#link = (await program.start()).openUrl;
    this.#program = program;
    if (mode === 'http') this.slack.setRequestUrl(`http://127.0.0.1:${program.bot?.port}/slack/events`);
  }

  /** Starts the program once more, with a data directory of its own, as on another machine. */
  async startSecond(): Promise<void> {
    const second = this.#createProgram(join(this.#directory.path, 'second'), 0);
    await second.start();
    this.#second = second;
  }

  #createProgram(dataDirectory: string, aheadMs: number): Standalone {
    const { mode, cluster, environment, wrap, createLogger } = this.#options;
    const { slack } = this;
    const config = loadConfig({
      JAMIE_DATA_DIR: dataDirectory,
      JAMIE_PORT: '0',
      CLUSTERS: 'test',
      KUBECONFIG: cluster.kubeconfigPath,
      PRINCIPALS_FILE: this.#principalsFile,
      SLACK_MODE: mode,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_HTTP_PORT: '0',
      SLACK_API_URL: slack.apiUrl,
      ...TIMING,
      ...environment,
    });
    return createStandalone({
      config,
      logger: createLogger?.(config) ?? new RecordingLogger(),
      clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
      ...(wrap !== undefined && { wrap }),
    });
  }

  async stopProgram(): Promise<void> {
    this.slack.setRequestUrl(undefined);
    await this.#program?.stop();
    this.#program = undefined;
  }

  /** Ends everything. Fails when Slack's Python SDK finds fault with anything that the program has sent. */
  async end(): Promise<void> {
    await this.stopProgram();
    await this.#second?.stop();
    await this.slack.stop();
    this.#directory.remove();
    judgeSentPayloads(this.slack);
  }

  /** Where the program keeps its data, and where its page and terminal find it. */
  get dataDirectory(): string {
    return join(this.#directory.path, 'data');
  }

  /** The address of the page, with its token. */
  get link(): string {
    return this.#link;
  }

  /** A channel that no other test writes in. */
  newChannel(): string {
    this.#channels += 1;
    return this.slack.workspace.addChannel(`C${String(this.#channels).padStart(4, '0')}`).id;
  }

  /** What the program has written in a channel, oldest first. */
  answers(channel: string): readonly EmulatedMessage[] {
    return this.slack.transcript(channel).filter((message) => message.isOurs);
  }

  /** Waits for a message of ours that says this, and is not one of `but`. */
  answer(channel: string, words: RegExp, but: readonly EmulatedMessage[] = []): Promise<EmulatedMessage> {
    const isIt = (message: EmulatedMessage) =>
      message.blocks.length > 0 && !but.some(({ ts }) => ts === message.ts) && words.test(textOf(message));
    return this.#wait(
      () => this.answers(channel).find(isIt),
      () => `${words} in\n${this.#describe(channel)}`,
    );
  }

  /** Waits until a card says this. */
  says(card: EmulatedMessage, words: RegExp): Promise<EmulatedMessage> {
    return this.#wait(
      () => words.test(textOf(card)) && card,
      () => `${words} on the card\n${textOf(card)}`,
    );
  }

  /** Waits until a person has been told this privately. */
  async told(channel: string, slackId: string, words: RegExp): Promise<void> {
    const told = () =>
      this.slack.ephemerals.filter((each) => each.channel === channel && each.user === slackId);
    await this.#wait(
      () => told().some(({ text, blocks }) => words.test(`${text} ${JSON.stringify(blocks)}`)),
      () => `${words} told to ${slackId}; they were told ${JSON.stringify(told().map(({ text }) => text))}`,
    );
  }

  /** Types a /jamie command. */
  command(channel: string, slackId: string, text: string): void {
    this.slack.slash({ user: slackId, channel, text });
  }

  /** Types a /jamie command and waits for its card. */
  async card(channel: string, slackId: string, command: string): Promise<EmulatedMessage> {
    const before = this.answers(channel);
    this.command(channel, slackId, command);
    return this.answer(channel, /Status:/, before);
  }

  click(
    card: EmulatedMessage,
    slackId: string,
    button: keyof typeof BUTTONS,
    replay?: EmulatedMessage,
  ): void {
    this.slack.click({
      user: slackId,
      channel: card.channel,
      ts: card.ts,
      actionId: BUTTONS[button],
      ...(replay !== undefined && { replay }),
    });
  }

  /** Clicks Deny, and hands in the form that opens, with or without a reason. */
  async deny(card: EmulatedMessage, slackId: string, reason?: string): Promise<void> {
    this.click(card, slackId, 'deny');
    await this.handIn(slackId, reason === undefined ? {} : { reason });
  }

  /** Clicks Edit, and hands in the form that opens with this number of replicas. */
  async edit(card: EmulatedMessage, slackId: string, replicas: number): Promise<void> {
    this.click(card, slackId, 'edit');
    await this.handIn(slackId, { replicas: String(replicas) });
  }

  /** Waits for the form that a person sees. */
  form(slackId: string): Promise<{ readonly id: string }> {
    return this.#wait(
      () => this.slack.modalOf(slackId),
      () => `a form for ${slackId}`,
    );
  }

  /** Fills in the form that a person sees, by field, and hands it in. */
  async handIn(slackId: string, entries: Readonly<Record<string, string>>): Promise<void> {
    const { id } = await this.form(slackId);
    this.slack.fillView(id, entries);
    const outcome = await this.slack.submitView({ user: slackId, viewId: id });
    if (outcome.kind !== 'none') throw new Error(`the form stays open: ${JSON.stringify(outcome)}`);
  }

  /** Chooses from a message's select, or clicks the button that stands for its only option. */
  choose(message: EmulatedMessage, slackId: string, option: string): void {
    const at = { user: slackId, channel: message.channel, ts: message.ts };
    const isSelect = JSON.stringify(message.blocks).includes('"static_select"');
    if (isSelect) this.slack.choose({ ...at, option });
    else this.slack.clickLabelled({ ...at, label: option });
  }

  /** Clicks the button of a message that reads so. */
  followUp(message: EmulatedMessage, slackId: string, label: string): void {
    this.slack.clickLabelled({ user: slackId, channel: message.channel, ts: message.ts, label });
  }

  /** The files that the program has put into a channel, oldest first. */
  files(channel: string): readonly EmulatedFile[] {
    return this.answers(channel).flatMap(({ files }) => files ?? []);
  }

  /** Waits until so many files stand in a channel. */
  attached(channel: string, count: number): Promise<readonly EmulatedFile[]> {
    return this.#wait(
      () => this.files(channel).length >= count && this.files(channel),
      () => `${count} files in\n${this.#describe(channel)}`,
    );
  }

  /** Resolves once everything that people did is acknowledged, taken from the inbox and answered. */
  async settle(): Promise<void> {
    await this.#wait(
      () => this.slack.hub.pending + this.slack.poster.pending === 0,
      () => 'every delivery to be acknowledged',
    );
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    while (!this.#isIdle()) {
      if (Date.now() > deadline) throw new Error('the program did not come to rest');
      await sleep(POLL_MS);
    }
  }

  #isIdle(): boolean {
    const database = new DatabaseSync(join(this.dataDirectory, 'jamie.db'), { readOnly: true });
    try {
      return database.prepare(OPEN_WORK).get(Date.now() + 2_000)?.['count'] === 0;
    } finally {
      database.close();
    }
  }

  get #principalsFile(): string {
    return join(this.#directory.path, 'principals.yaml');
  }

  async #wait<T>(read: () => T | undefined | false, describe: () => string): Promise<T> {
    try {
      return await this.slack.waitFor(read, ANSWER_WITHIN_MS);
    } catch (cause) {
      throw new Error(`waited in vain for ${describe()}`, { cause });
    }
  }

  #describe(channel: string): string {
    return this.answers(channel).map(textOf).join('\n---\n');
  }
}

/** Everything that stands in a message, as people read it. */
export function textOf(message: EmulatedMessage): string {
  return [message.text, ...message.blocks.flatMap(textsOf)].join('\n');
}

/** The id of the plan that a card shows. */
export function planIdOf(card: EmulatedMessage): string {
  return /plan `(p-[0-9a-z]{8})`/.exec(textOf(card))?.[1] ?? 'no plan';
}

/** What a message offers to choose from, as people read it. */
export function optionsOf(message: EmulatedMessage): readonly string[] {
  return message.blocks.flatMap((block) => {
    const select = block['accessory'] as
      | { readonly options?: readonly { text: { text: string } }[] }
      | undefined;
    return (select?.options ?? []).map(({ text }) => text.text);
  });
}

/** The buttons that a message offers. */
export function buttonsOf(message: EmulatedMessage): readonly string[] {
  return message.blocks
    .filter((block) => block['type'] === 'actions')
    .flatMap((block) => block['elements'] as readonly { readonly action_id: string }[])
    .map((button) => button.action_id.replace('plan.', ''));
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'text' && typeof member === 'string' ? [member] : textsOf(member),
  );
}
