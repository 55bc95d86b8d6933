import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@jamie/core';
import type { ApiArguments } from './api-answer.ts';
import { createApiServer, portOf } from './api-server.ts';
import type { Acknowledgement, Delivery, DeliveryTimes } from './delivery.ts';
import type { ResponseTarget } from './delivery-driver.ts';
import { tokensRevokedEvent, uninstalledEvent } from './event-payloads.ts';
import { type ApiFault, ApiFaults } from './faults.ts';
import { HttpPoster } from './http-post.ts';
import { ResponseUrls } from './response-urls.ts';
import { SocketHub } from './socket-hub.ts';
import { uploadPath } from './upload.ts';
import { ViewDriver } from './view-driver.ts';
import { type EmulatedEphemeral, type EmulatedMessage, SlackWorkspace } from './workspace.ts';

export interface SlackEmulatorOptions {
  readonly mode: 'socket' | 'http';
  /** Default: the wall clock. Redelivery, slow answers and time stamps follow it. */
  readonly clock?: Clock;
  /** Default: Slack's own, 3 s and then 0, 60 and 300 s. */
  readonly times?: Partial<DeliveryTimes>;
  /** Default: the scopes of deploy/slack/manifest.json. */
  readonly scopes?: readonly string[];
  /** Default true. */
  readonly hasAgentSurface?: boolean;
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
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'reactions:write',
  'users:read',
] as const;

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
  readonly workspaces: SlackWorkspace[];
  readonly botToken = 'xoxb-emulated';
  readonly appToken = 'xapp-emulated';
  readonly signingSecret = 'emulated-signing-secret';
  readonly acknowledgements: Acknowledgement[] = [];
  readonly sent: Delivery[] = [];
  /** Every Web API call that was answered, in order. */
  readonly calls: { readonly method: string; readonly args: ApiArguments }[] = [];
  readonly hub: SocketHub;
  readonly poster: HttpPoster;
  readonly #responses: ResponseUrls;
  readonly #asked = new Map<object, (acknowledgement: Acknowledgement | undefined) => void>();
  readonly #faults = new ApiFaults();
  readonly #options: SlackEmulatorOptions;
  readonly #watchers = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #server: Server;
  #requestUrl: string | undefined;
  #acceptsAppToken = true;
  #acceptsBotToken = true;

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
    this.workspace = new SlackWorkspace(clock);
    this.workspaces = [this.workspace];
    this.#responses = new ResponseUrls({
      clock,
      emit: ({ workspace, channel }, event) => this.emit(workspace, event, workspace.channels.get(channel)),
      onChange: () => this.changed(),
    });
    this.hub = new SocketHub({
      clock,
      appId: this.workspace.appId,
      times,
      onAcknowledged,
      onGivenUp,
      onChange: () => this.changed(),
      nextId: (prefix) => this.workspace.nextId(prefix),
    });
    this.poster = new HttpPoster({
      clock,
      signingSecret: this.signingSecret,
      times,
      requestUrl: () => this.#requestUrl,
      onAcknowledged,
      onGivenUp,
    });
    this.#server = this.#createServer(clock);
  }

  #createServer(clock: Clock): Server {
    const server = createApiServer({
      clock,
      faults: this.#faults,
      scopes: new Set(this.#options.scopes ?? EMULATED_SCOPES),
      tokens: () => ({
        bot: this.#acceptsBotToken ? this.botToken : 'xoxb-replaced',
        app: this.#acceptsAppToken ? this.appToken : 'xapp-replaced',
      }),
      context: {
        workspace: this.workspace,
        hasAgentSurface: this.#options.hasAgentSurface ?? true,
        emitEvent: (event) => this.#emitFrom(this.workspace, event),
        openSocketUrl: () =>
          `ws://127.0.0.1:${portOf(server)}/link/?ticket=${this.workspace.nextId('ticket')}`,
        uploadUrlOf: (ticket) => `http://127.0.0.1:${portOf(server)}${uploadPath(ticket)}`,
        later: (act) => this.#later(act, clock),
      },
      takeResponse: (ticket, body) => this.#responses.take(ticket, body),
      onCall: (method, args) => {
        this.calls.push({ method, args });
        this.changed();
      },
    });
    this.hub.attach(server);
    return server;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const settle of this.#asked.values()) settle(undefined);
    this.hub.stop();
    this.poster.stop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** The base URL for slackApiUrl. */
  get apiUrl(): string {
    return `http://127.0.0.1:${portOf(this.#server)}/api/`;
  }

  /** HTTP mode: where the app listens. Undefined: nowhere. */
  setRequestUrl(url: string | undefined): void {
    this.#requestUrl = url;
  }

  /** Takes the app out of a workspace: its tokens end, and it hears of both. */
  uninstall(at: { readonly team?: string } = {}): void {
    const workspace = this.workspaceOf(at);
    workspace.installation = 'uninstalled';
    this.emit(workspace, tokensRevokedEvent(workspace));
    this.emit(workspace, uninstalledEvent());
  }

  /** Ends the tokens of a workspace; the app remains installed. */
  revokeTokens(at: { readonly team?: string } = {}): void {
    const workspace = this.workspaceOf(at);
    workspace.installation = 'revoked';
    this.emit(workspace, tokensRevokedEvent(workspace));
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
    this.#faults.order(method, fault, times);
  }

  setAcceptsAppToken(accepts: boolean): void {
    this.#acceptsAppToken = accepts;
  }

  setAcceptsBotToken(accepts: boolean): void {
    this.#acceptsBotToken = accepts;
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

  #later(act: () => void, clock: Clock): void {
    const delayMs = this.#options.fileShareDelayMs ?? 0;
    if (delayMs === 0) act();
    else clock.sleep(delayMs, this.#stopping.signal).then(act, () => undefined);
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
    return `http://127.0.0.1:${portOf(this.#server)}${this.#responses.mint(target)}`;
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
  #emitFrom(workspace: SlackWorkspace, event: Readonly<Record<string, unknown>>): void {
    this.emit(workspace, event, workspace.channels.get(String(event['channel'])));
  }
}
