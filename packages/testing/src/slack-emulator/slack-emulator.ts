import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@jamie/core';
import type { ApiArguments } from './api-answer.ts';
import { createApiServer, portOf } from './api-server.ts';
import type { Acknowledgement, Delivery, DeliveryTimes } from './delivery.ts';
import { type ApiFault, ApiFaults } from './faults.ts';
import { type ActedOn, findButton, findOption } from './find-element.ts';
import { HttpPoster } from './http-post.ts';
import { blockAction, eventCallback, mentionEvent, messageEvent, slashCommand } from './payloads.ts';
import { SocketHub } from './socket-hub.ts';
import { uploadPath } from './upload.ts';
import {
  type EmulatedChannel,
  type EmulatedEphemeral,
  type EmulatedMessage,
  type EmulatedUser,
  SlackWorkspace,
} from './workspace.ts';

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

/** Something that a person does in a channel. */
export interface Utterance {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

/** A person, and the message on which they act; `replay` is the message as it stood earlier. */
export interface PointedAt {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly replay?: EmulatedMessage;
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
export class SlackEmulator {
  readonly workspace: SlackWorkspace;
  readonly botToken = 'xoxb-emulated';
  readonly appToken = 'xapp-emulated';
  readonly signingSecret = 'emulated-signing-secret';
  readonly acknowledgements: Acknowledgement[] = [];
  readonly sent: Delivery[] = [];
  /** Every Web API call that was answered, in order. */
  readonly calls: { readonly method: string; readonly args: ApiArguments }[] = [];
  readonly hub: SocketHub;
  readonly poster: HttpPoster;
  readonly #faults = new ApiFaults();
  readonly #options: SlackEmulatorOptions;
  readonly #watchers = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #server: Server;
  #requestUrl: string | undefined;
  #acceptsAppToken = true;
  #acceptsBotToken = true;

  constructor(options: SlackEmulatorOptions) {
    const clock = options.clock ?? wallClock;
    const times = { ackTimeoutMs: 3_000, retryDelaysMs: [0, 60_000, 300_000], ...options.times };
    const onAcknowledged = (acknowledgement: Acknowledgement) => {
      this.acknowledgements.push(acknowledgement);
      this.#changed();
    };
    this.#options = options;
    this.workspace = new SlackWorkspace(clock);
    this.hub = new SocketHub({
      clock,
      appId: this.workspace.appId,
      times,
      onAcknowledged,
      onChange: () => this.#changed(),
      nextId: (prefix) => this.workspace.nextId(prefix),
    });
    this.poster = new HttpPoster({
      clock,
      signingSecret: this.signingSecret,
      times,
      requestUrl: () => this.#requestUrl,
      onAcknowledged,
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
        emitEvent: (event) => this.#emit(event),
        openSocketUrl: () =>
          `ws://127.0.0.1:${portOf(server)}/link/?ticket=${this.workspace.nextId('ticket')}`,
        uploadUrlOf: (ticket) => `http://127.0.0.1:${portOf(server)}${uploadPath(ticket)}`,
        later: (act) => this.#later(act, clock),
      },
      onCall: (method, args) => {
        this.calls.push({ method, args });
        this.#changed();
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

  /** Mentions the bot. As in Slack, a mention in a channel is told twice: as app_mention and as message. */
  mention(utterance: Utterance): string {
    const { channel, user, message } = this.#write({
      ...utterance,
      text: `<@${this.workspace.botUserId}> ${utterance.text}`,
    });
    if (channel.kind === 'channel') this.#emit(mentionEvent(this.workspace, channel, user, message), channel);
    this.#emit(messageEvent(channel, user, message), channel);
    return message.ts;
  }

  /** Writes without a mention. */
  say(utterance: Utterance): string {
    const { channel, user, message } = this.#write(utterance);
    this.#emit(messageEvent(channel, user, message), channel);
    return message.ts;
  }

  /** Types a slash command. */
  slash(command: Utterance & { readonly command?: string }): void {
    const user = this.#user(command.user);
    const channel = this.#channel(command.channel);
    const name = command.command ?? '/jamie';
    const payload = slashCommand(this.workspace, { user, channel, name, text: command.text }, this.apiUrl);
    this.deliver({ kind: 'slash_commands', payload });
  }

  /** Clicks a button that stands in a message now; `replay` clicks it as it stood in an earlier copy. */
  click(click: PointedAt & { readonly actionId: string }): void {
    this.#act(click, (message) => findButton(message, { actionId: click.actionId }));
  }

  /** Clicks the button that reads so, a follow-up for example. */
  clickLabelled(click: PointedAt & { readonly label: string }): void {
    this.#act(click, (message) => findButton(message, { label: click.label }));
  }

  /** Chooses from the select of a message the option that reads so. */
  choose(choice: PointedAt & { readonly option: string }): void {
    this.#act(choice, (message) => findOption(message, choice.option));
  }

  /** Edits a person's message; the app hears of it as message_changed. */
  edit(channelId: string, ts: string, text: string): void {
    const message = this.workspace.findMessage(channelId, ts);
    if (message === undefined) throw new Error(`no message ${ts} in ${channelId}`);
    message.text = text;
    const event = { type: 'message', subtype: 'message_changed', channel: channelId, hidden: true };
    this.#emit({ ...event, ts: this.workspace.nextTs(channelId), message: { user: message.user, text, ts } });
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

  #act(at: PointedAt, find: (message: EmulatedMessage) => ActedOn): void {
    const message = at.replay ?? this.workspace.findMessage(at.channel, at.ts);
    if (message === undefined) throw new Error(`no message ${at.ts} in ${at.channel}`);
    const user = this.#user(at.user);
    const channel = this.#channel(at.channel);
    const payload = blockAction(this.workspace, { user, channel, message, ...find(message) }, this.apiUrl);
    this.deliver({ kind: 'interactive', payload });
  }

  #write(utterance: Utterance) {
    const user = this.#user(utterance.user);
    const channel = this.#channel(utterance.channel);
    const message = this.workspace.addMessage({
      channel: channel.id,
      user: user.id,
      text: utterance.text,
      blocks: [],
      isOurs: false,
      ...(utterance.threadTs === undefined ? {} : { threadTs: utterance.threadTs }),
    });
    return { user, channel, message };
  }

  #emit(event: object, channel?: EmulatedChannel): void {
    const payload = eventCallback(this.workspace, event, channel?.isShared ?? false);
    this.deliver({ kind: 'events_api', payload });
    this.#changed();
  }

  #changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  #user(id: string): EmulatedUser {
    return this.workspace.users.get(id) ?? this.workspace.addUser(id);
  }

  #channel(id: string): EmulatedChannel {
    const known = this.workspace.channels.get(id);
    if (known !== undefined) return known;
    return id.startsWith('D')
      ? this.workspace.directChannel(`U${id.slice(1)}`)
      : this.workspace.addChannel(id);
  }
}
