import type { Clock } from '@jamie/core';
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
}

export interface EmulatedChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  /** For an im: the person at the other end. */
  readonly user?: string;
  readonly isShared: boolean;
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
  text: string;
}

export interface EmulatedMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly isOurs: boolean;
  text: string;
  blocks: readonly Record<string, unknown>[];
  metadata?: EmulatedMetadata;
  readonly files?: readonly EmulatedFile[];
  /** How often it was changed. */
  edits: number;
  reactions: string[];
}

export interface EmulatedEphemeral {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
}

/** The workspace's team, its app, its people, its channels and what was written there. */
export class SlackWorkspace {
  readonly teamId = 'T0EMULATE';
  readonly appId = 'A0JAMIE';
  readonly botUserId = 'U0JAMIE';
  readonly botId = 'B0JAMIE';
  readonly users = new Map<string, EmulatedUser>();
  readonly channels = new Map<string, EmulatedChannel>();
  readonly ephemerals: EmulatedEphemeral[] = [];
  readonly files = new Map<string, EmulatedFile>();
  /** Status lines by `channel:thread`, cleared when an answer arrives. */
  readonly statuses = new Map<string, string>();
  /** Home tabs and open modals. */
  readonly views = new ViewStore((prefix) => this.nextId(prefix));
  readonly #triggers: TriggerDesk;
  readonly #messages = new Map<string, EmulatedMessage[]>();
  readonly #lastMicros = new Map<string, number>();
  readonly #clock: Clock;
  #serial = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
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

  addFile(file: Pick<EmulatedFile, 'name' | 'expectedBytes'>): EmulatedFile {
    const added: EmulatedFile = {
      ...file,
      id: this.nextId('F'),
      ticket: this.nextId('upload'),
      createdAtSeconds: this.nowSeconds(),
      channels: [],
      status: 'announced',
      title: file.name,
      text: '',
    };
    this.files.set(added.id, added);
    return added;
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
