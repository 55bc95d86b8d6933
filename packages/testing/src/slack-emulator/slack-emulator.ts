import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@jamie/core';
import type { ApiArguments } from './api-answer.ts';
import type { AppSettings } from './app-settings.ts';
import type { Acknowledgement, Delivery, DeliveryTimes } from './delivery.ts';
import type { ResponseTarget } from './delivery-driver.ts';
import { DeliveryFaults, type Weather } from './delivery-faults.ts';
import { tokensRevokedEvent, uninstalledEvent } from './event-payloads.ts';
import type { ApiFault, RandomFaults } from './faults.ts';
import { HttpPoster } from './http-post.ts';
import { ResponseUrls } from './response-urls.ts';
import { SocketHub } from './socket-hub.ts';
import type { TokenDesk, TokenRefusal } from './token-desk.ts';
import { ViewDriver } from './view-driver.ts';
import { WebApi } from './web-api.ts';
import {
  type EmulatedEphemeral,
  type EmulatedMessage,
  FIRST_WORKSPACE,
  SlackWorkspace,
} from './workspace.ts';

/** The settings of the app are those of {@link AppSettings}, and default to Slack as it is for an app like ours. */
export interface SlackEmulatorOptions extends Partial<AppSettings> {
  readonly mode: 'socket' | 'http';
  /** Default: the wall clock. Redelivery, slow answers and time stamps follow it. */
  readonly clock?: Clock;
  /** Default: Slack's own, 3 s and then 0, 60 and 300 s. */
  readonly times?: Partial<DeliveryTimes>;
  /** Default: the scopes of deploy/slack/manifest.json. */
  readonly scopes?: readonly string[];
  /** Whether calls beyond Slack's limits are answered with 429. Default false: tests are faster than Slack allows. */
  readonly enforceTiers?: boolean;
  /** For what Slack leaves to chance: which connection gets a delivery. Default 1. */
  readonly seed?: number;
  /** How long after its answer Slack shares an uploaded file. Default 0: before it answers. */
  readonly fileShareDelayMs?: number;
}

export const EMULATED_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'reactions:write',
  'users:read',
  'users:read.email',
] as const;

/** One call that was answered. */
export interface ApiCallRecord {
  readonly method: string;
  readonly args: ApiArguments;
  /** The workspace that the token opens. */
  readonly teamId: string | undefined;
  /** On the emulator's clock. */
  readonly at: number;
}

/** So many identifiers a workspace may use before they meet those of the next. */
const SERIALS_PER_WORKSPACE = 1_000_000;

const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) => sleep(durationMs, undefined, signal === undefined ? {} : { signal }),
};

/** An emulated Slack workspace on loopback, with one app in it. Call start before anything else. */
export function createSlackEmulator(options: SlackEmulatorOptions): SlackEmulator {
  return new SlackEmulator(options);
}

/** The driver: what people do, what can be seen, and what goes wrong. */
export class SlackEmulator extends ViewDriver {
  /** The first workspace, which most tests need only. */
  readonly workspace: SlackWorkspace;
  readonly workspaces: [SlackWorkspace, ...SlackWorkspace[]];
  readonly botToken = 'xoxb-emulated';
  readonly signingSecret = 'emulated-signing-secret';
  readonly acknowledgements: Acknowledgement[] = [];
  readonly sent: Delivery[] = [];
  /** Every Web API call that was answered, in order. */
  readonly calls: ApiCallRecord[] = [];
  readonly hub: SocketHub;
  readonly poster: HttpPoster;
  /** What goes wrong with deliveries. */
  readonly faults = new DeliveryFaults();
  readonly #responses: ResponseUrls;
  readonly #asked = new Map<object, (acknowledgement: Acknowledgement | undefined) => void>();
  readonly #options: SlackEmulatorOptions;
  readonly #watchers = new Set<() => void>();
  readonly #api: WebApi;
  #requestUrl: string | undefined;

  constructor(options: SlackEmulatorOptions) {
    super();
    const clock = options.clock ?? wallClock;
    const times = { ackTimeoutMs: 3_000, retryDelaysMs: [0, 60_000, 300_000], ...options.times };
    const onAcknowledged = (acknowledgement: Acknowledgement) => {
      this.acknowledgements.push(acknowledgement);
      this.#settle(acknowledgement.payload, acknowledgement);
    };
    const onGivenUp = ({ payload }: Delivery) => this.#settle(payload, undefined);
    this.#options = options;
    this.workspace = new SlackWorkspace(clock, {
      ...FIRST_WORKSPACE,
      scopes: options.scopes ?? EMULATED_SCOPES,
    });
    this.workspaces = [this.workspace];
    this.#responses = new ResponseUrls({
      clock,
      emit: ({ workspace, channel }, event) => this.emit(workspace, event, workspace.channels.get(channel)),
      onChange: () => this.changed(),
    });
    this.hub = new SocketHub({
      clock,
      appId: this.workspace.appId,
      seed: options.seed ?? 1,
      times,
      faults: this.faults,
      onAcknowledged,
      onGivenUp,
      onChange: () => this.changed(),
      nextId: (prefix) => this.workspace.nextId(prefix),
    });
    this.poster = new HttpPoster({
      clock,
      signingSecret: this.signingSecret,
      times,
      faults: this.faults,
      requestUrl: () => this.#requestUrl,
      onAcknowledged,
      onGivenUp,
    });
    this.#api = this.#createApi(clock);
    this.tokens.admit(this.botToken, this.workspace);
    this.hub.attach(this.#api.server);
  }

  #createApi(clock: Clock): WebApi {
    return new WebApi({
      clock,
      settings: this.#options,
      enforcesTiers: this.#options.enforceTiers ?? false,
      fileShareDelayMs: this.#options.fileShareDelayMs ?? 0,
      workspaces: () => this.workspaces,
      emit: (workspace, event) => this.#emitFrom(workspace, event),
      takeResponse: (ticket, body) => this.#responses.take(ticket, body),
      onCall: (method, args, teamId) => {
        this.calls.push({ method, args, teamId, at: clock.now() });
        this.changed();
      },
      onChange: () => this.changed(),
    });
  }

  async start(): Promise<void> {
    await this.#api.start();
  }

  async stop(): Promise<void> {
    for (const settle of this.#asked.values()) settle(undefined);
    this.hub.stop();
    this.poster.stop();
    await this.#api.stop();
  }

  /** The base URL for slackApiUrl. */
  get apiUrl(): string {
    return `http://${this.#api.origin}/api/`;
  }

  /** HTTP mode: where the app listens. Undefined: nowhere. */
  setRequestUrl(url: string | undefined): void {
    this.#requestUrl = url;
  }

  /** Takes the app out of a workspace: its tokens end, and it hears of both. */
  uninstall(at: { readonly team?: string } = {}): void {
    const workspace = this.workspaceOf(at);
    workspace.installation = 'uninstalled';
    this.tokens.endAll(workspace, 'account_inactive');
    this.emit(workspace, tokensRevokedEvent(workspace));
    this.emit(workspace, uninstalledEvent());
  }

  /** Ends the tokens of a workspace; the app remains installed. */
  revokeTokens(at: { readonly team?: string } = {}): void {
    const workspace = this.workspaceOf(at);
    workspace.installation = 'revoked';
    this.tokens.endAll(workspace, 'token_revoked');
    this.emit(workspace, tokensRevokedEvent(workspace));
  }

  /** Bad weather between Slack and the app from now on; without a word it clears up. */
  chaos(weather?: Weather): void {
    this.faults.chaos(weather);
  }

  /** Sends any delivery over the mode's transport. */
  deliver(delivery: Delivery): void {
    this.sent.push(delivery);
    (this.#options.mode === 'socket' ? this.hub : this.poster).send(delivery);
  }

  transcript(channelId: string): readonly EmulatedMessage[] {
    return this.workspace.messagesOf(channelId);
  }

  get ephemerals(): readonly EmulatedEphemeral[] {
    return this.workspace.ephemerals;
  }

  /** Makes the next calls of a method fail. */
  failNext(method: string, fault: ApiFault, times = 1): void {
    this.#api.faults.order(method, fault, times);
  }

  /** How many ordered faults have met no call yet. */
  get orderedFaults(): number {
    return this.#api.faults.ordered;
  }

  /** Makes calls fail by chance from now on, the same ones for the same seed. */
  failRandomly(faults: RandomFaults): void {
    this.#api.faults.orderRandomly(faults);
  }

  /** From now on nothing fails that was ordered. */
  failNoMore(): void {
    this.#api.faults.clear();
  }

  /** Every token: the first workspace's is {@link botToken}, others come with an installation. */
  get tokens(): TokenDesk {
    return this.#api.tokens;
  }

  get appToken(): string {
    return this.tokens.appToken;
  }

  setAcceptsAppToken(accepts: boolean): void {
    this.tokens.acceptsAppToken = accepts;
  }

  /** With `error` in place of false: Slack's word for why the token of the first workspace is refused. */
  setAcceptsBotToken(accepts: boolean, error: TokenRefusal = 'invalid_auth'): void {
    this.tokens.end(this.botToken, accepts ? undefined : error);
  }

  /** The app's credentials, as its settings in Slack show them. */
  get client(): { readonly id: string; readonly secret: string } {
    return { id: this.#api.oauth.clientId, secret: this.#api.oauth.clientSecret };
  }

  /**
   * Another workspace of the same Slack. The app is not installed there: no token opens it until somebody installs the
   * app, or a test issues one with {@link tokens}.
   */
  addWorkspace(teamId: string, scopes: readonly string[] = EMULATED_SCOPES): SlackWorkspace {
    const count = this.workspaces.length;
    const suffix = teamId.slice(1);
    const workspace = new SlackWorkspace(this.#options.clock ?? wallClock, {
      teamId,
      domain: teamId.toLowerCase(),
      botUserId: `U${suffix}BOT`,
      botId: `B${suffix}BOT`,
      scopes,
      firstSerial: count * SERIALS_PER_WORKSPACE,
    });
    this.workspaces.push(workspace);
    return workspace;
  }

  /** Somebody agrees to install the app in a workspace: the code with which their browser comes back to the app. */
  approveInstall(at: { readonly user: string; readonly team?: string }): string {
    const workspace = this.workspaceOf(at);
    this.userIn(workspace, at.user);
    return this.#api.oauth.mintCode({ workspace, userId: at.user });
  }

  /** Resolves with the first value that is neither undefined nor false; rejects after the time with what was seen. */
  waitFor<T>(read: () => T | undefined | false, timeoutMs = 25_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`waited ${timeoutMs} ms in vain for ${String(read)}; calls: ${this.#callNames()}`));
      }, timeoutMs);
      const look = () => {
        const value = read();
        if (value === undefined || value === false) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(value);
      };
      this.#watchers.add(look);
      look();
    });
  }

  #callNames(): string {
    return this.calls
      .slice(-20)
      .map((call) => call.method)
      .join(', ');
  }

  protected ask(delivery: Delivery): Promise<Acknowledgement | undefined> {
    return new Promise((resolve) => {
      this.#asked.set(delivery.payload, resolve);
      this.deliver(delivery);
    });
  }

  protected mintResponseUrl(target: ResponseTarget): string {
    return `http://${this.#api.origin}${this.#responses.mint(target)}`;
  }

  protected changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  #settle(payload: object, acknowledgement: Acknowledgement | undefined): void {
    this.#asked.get(payload)?.(acknowledgement);
    this.#asked.delete(payload);
    this.changed();
  }

  /** Tells of something that the app itself did, in the channel that the event names. */
  #emitFrom(workspace: SlackWorkspace, event: object): void {
    const channel = 'channel' in event ? String(event.channel) : '';
    this.emit(workspace, event, workspace.channels.get(channel));
  }
}
