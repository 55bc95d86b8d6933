import type { Clock } from '@jamie/core';
import { AgentSurface, type StatusBoard } from './agent-surface.ts';
import type { MessageStream } from './message-stream.ts';
import { PostBucket } from './post-bucket.ts';
import { TriggerDesk, type TriggerRedemption } from './trigger-desk.ts';
import { ViewStore } from './view-store.ts';

/** Somebody in Slack. `teamId` differs from the workspace's for people who come through Slack Connect. */
export interface EmulatedUser {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly isBot?: boolean;
  readonly isRestricted?: boolean;
  readonly isUltraRestricted?: boolean;
  readonly isDeleted?: boolean;
  readonly realName?: string;
  readonly email?: string;
  /** Default: true. */
  readonly isEmailConfirmed?: boolean;
  /** Name in the time zone database. Default: Europe/London. */
  readonly timeZone?: string;
}

export interface EmulatedChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  /** For an im: the person at the other end. */
  readonly user?: string;
  readonly isShared: boolean;
  /** Another organisation has been invited and has not come yet. */
  readonly isPendingShared?: boolean;
  readonly isPrivate?: boolean;
  /** People only. Default: everybody. */
  readonly members?: readonly string[];
  /** Slack's word for why nobody may post: restricted_action for example. */
  refusal?: string;
  /** For a shared channel: the workspace that shares it with ours. */
  readonly hostTeamId?: string;
  isArchived: boolean;
  botIsMember: boolean;
}

export interface EmulatedMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** A file on its way: announced, then its bytes have come, then completed. */
export interface EmulatedFile {
  readonly id: string;
  readonly name: string;
  /** The last part of its upload URL. */
  readonly ticket: string;
  readonly expectedBytes: number;
  readonly createdAtSeconds: number;
  /** Where it was shared. */
  readonly channels: string[];
  status: 'announced' | 'uploaded' | 'completed';
  title: string;
  /** Its bytes as UTF-8. */
  text: string;
  bytes: Buffer;
  /** What it shows, for whoever cannot see it. */
  readonly altText?: string;
  /** The person who uploaded it; absent: the app. */
  readonly uploadedBy?: string;
}

export interface EmulatedMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly isOurs: boolean;
  /** A deleted root whose replies remain. */
  readonly isTombstone?: boolean;
  /** A reply that the channel shows, too. */
  readonly isBroadcast?: boolean;
  text: string;
  blocks: readonly Record<string, unknown>[];
  metadata?: EmulatedMetadata;
  readonly files?: readonly EmulatedFile[];
  /** There when it is or was streamed. */
  readonly stream?: MessageStream;
  /** Posted so fast that Slack hides it from people without telling the app. */
  readonly isHidden?: boolean;
  /** How often it was changed. */
  edits: number;
  reactions: string[];
}

export interface EmulatedEphemeral {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  text: string;
  blocks: readonly Record<string, unknown>[];
}

const TOMBSTONE = { text: 'This message was deleted.', blocks: [], edits: 0, reactions: [] };

/** By what the workspaces of one emulator differ. */
export interface WorkspaceTraits {
  readonly teamId: string;
  readonly domain: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly scopes: readonly string[];
  /** Where its identifiers begin: they are unique among all workspaces. */
  readonly firstSerial: number;
}

export const FIRST_WORKSPACE: WorkspaceTraits = {
  teamId: 'T0EMULATE',
  domain: 'emulated',
  botUserId: 'U0JAMIE',
  botId: 'B0JAMIE',
  scopes: [],
  firstSerial: 0,
};

/** The workspace's team, its app, its people, its channels and what was written there. */
export class SlackWorkspace {
  readonly teamId: string;
  /** The first part of its address in slack.com. */
  readonly domain: string;
  readonly appId = 'A0JAMIE';
  readonly botUserId: string;
  readonly botId: string;
  /** What the app was granted here. */
  readonly scopes: Set<string>;
  /** Whether the app may call: once revoked or uninstalled, its tokens are refused. */
  installation: 'installed' | 'revoked' | 'uninstalled' = 'installed';
  readonly users = new Map<string, EmulatedUser>();
  readonly channels = new Map<string, EmulatedChannel>();
  readonly ephemerals: EmulatedEphemeral[] = [];
  readonly files = new Map<string, EmulatedFile>();
  /** Where files are fetched from: in Slack `https://files.slack.com`, here the emulator itself once it listens. */
  fileOrigin = 'https://files.slack.com';
  /** Statuses, sessions, titles and prompts. */
  readonly agent: AgentSurface;
  /** Home tabs and open modals. */
  readonly views = new ViewStore((prefix) => this.nextId(prefix));
  readonly #triggers: TriggerDesk;
  readonly #posts: PostBucket;
  readonly #messages = new Map<string, EmulatedMessage[]>();
  readonly #lastMicros = new Map<string, number>();
  readonly #clock: Clock;
  #serial: number;

  constructor(clock: Clock, traits: WorkspaceTraits = FIRST_WORKSPACE) {
    this.#clock = clock;
    this.teamId = traits.teamId;
    this.domain = traits.domain;
    this.botUserId = traits.botUserId;
    this.botId = traits.botId;
    this.scopes = new Set(traits.scopes);
    this.#serial = traits.firstSerial;
    this.agent = new AgentSurface(clock);
    this.#posts = new PostBucket(clock);
    this.#triggers = new TriggerDesk(clock, (prefix) => this.nextId(prefix));
    this.users.set(this.botUserId, {
      id: this.botUserId,
      name: 'jamie',
      teamId: this.teamId,
      isBot: true,
    });
  }

  addUser(id: string, traits: Partial<Omit<EmulatedUser, 'id'>> = {}): EmulatedUser {
    const user: EmulatedUser = { name: id.toLowerCase(), teamId: this.teamId, ...traits, id };
    this.users.set(id, user);
    return user;
  }

  addChannel(id: string, traits: Partial<Omit<EmulatedChannel, 'id'>> = {}): EmulatedChannel {
    const channel: EmulatedChannel = {
      name: id.toLowerCase(),
      kind: 'channel',
      isShared: false,
      isArchived: false,
      botIsMember: true,
      ...traits,
      id,
    };
    this.channels.set(id, channel);
    return channel;
  }

  /** The direct channel with a person, opened when there is none. */
  directChannel(userId: string): EmulatedChannel {
    const id = `D${userId.slice(1)}`;
    return this.channels.get(id) ?? this.addChannel(id, { kind: 'im', user: userId });
  }

  messagesOf(channelId: string): readonly EmulatedMessage[] {
    return this.#messages.get(channelId) ?? [];
  }

  findMessage(channelId: string, ts: string): EmulatedMessage | undefined {
    return this.messagesOf(channelId).find((message) => message.ts === ts);
  }

  addMessage(message: Omit<EmulatedMessage, 'ts' | 'edits' | 'reactions'>): EmulatedMessage {
    const stored: EmulatedMessage = { ...message, ts: this.nextTs(message.channel), edits: 0, reactions: [] };
    const list = this.#messages.get(message.channel) ?? [];
    list.push(stored);
    this.#messages.set(message.channel, list);
    return stored;
  }

  removeMessage(channelId: string, ts: string): boolean {
    const list = this.#messages.get(channelId) ?? [];
    const kept = list.filter((message) => message.ts !== ts);
    this.#messages.set(channelId, kept);
    return kept.length < list.length;
  }

  /** Whether a message is there and may have replies. */
  isRoot(channelId: string, ts: string): boolean {
    const message = this.findMessage(channelId, ts);
    return message !== undefined && (message.threadTs === undefined || message.threadTs === ts);
  }

  /** Counts a post against the pace of a channel: the milliseconds by which it comes too early, 0 when in time. */
  takePost(channelId: string): number {
    return this.#posts.take(channelId);
  }

  /** Leaves of a thread's root what Slack calls a tombstone. */
  buryMessage(channelId: string, ts: string): void {
    const list = this.#messages.get(channelId) ?? [];
    const buried = list.map((message) =>
      message.ts === ts
        ? { ts, channel: channelId, user: 'USLACKBOT', isOurs: false, isTombstone: true, ...TOMBSTONE }
        : message,
    );
    this.#messages.set(channelId, buried);
  }

  addFile(file: Pick<EmulatedFile, 'name' | 'expectedBytes' | 'altText' | 'uploadedBy'>): EmulatedFile {
    const added: EmulatedFile = {
      ...file,
      id: this.nextId('F'),
      ticket: this.nextId('upload'),
      createdAtSeconds: this.nowSeconds(),
      channels: [],
      status: 'announced',
      title: file.name,
      text: '',
      bytes: Buffer.alloc(0),
    };
    this.files.set(added.id, added);
    return added;
  }

  /** Status lines by `channel:thread`: they go with the answer, and by themselves after two minutes. */
  get statuses(): StatusBoard {
    return this.agent.statuses;
  }

  /** Ends every stream in a thread because a person pressed stop. Answers with the timestamps of their messages. */
  stopStreams(channelId: string, threadTs: string): readonly string[] {
    const live = this.messagesOf(channelId).filter(
      (message) => message.threadTs === threadTs && message.stream?.state === 'streaming',
    );
    for (const message of live) message.stream?.stop('person');
    return live.map(({ ts }) => ts);
  }

  /** A timestamp as Slack writes them, unique within its channel and growing. */
  nextTs(channelId: string): string {
    const now = Math.floor(this.#clock.now() * 1000);
    const micros = Math.max(now, (this.#lastMicros.get(channelId) ?? 0) + 1);
    this.#lastMicros.set(channelId, micros);
    const fraction = String(micros % 1_000_000).padStart(6, '0');
    return `${Math.floor(micros / 1_000_000)}.${fraction}`;
  }

  /** A fresh identifier, unique within this workspace. */
  nextId(prefix: string): string {
    this.#serial += 1;
    return `${prefix}${String(this.#serial).padStart(8, '0')}`;
  }

  /** A permission to open one modal for this person, within three seconds. */
  mintTrigger(userId: string): string {
    return this.#triggers.mint(userId);
  }

  /** Uses a trigger up; Slack's word for what is wrong with it otherwise. */
  redeemTrigger(triggerId: string): TriggerRedemption {
    return this.#triggers.redeem(triggerId);
  }

  nowSeconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
