import type { Clock } from '@jamie/core';
import { countBlockText, MAXIMUM_BLOCK_TEXT, validateBlocks } from './block-kit-validator.ts';
import type { ResponseTarget } from './delivery-driver.ts';
import { ourMessageEvent } from './payloads.ts';
import type { EmulatedEphemeral, EmulatedMessage } from './workspace.ts';

/** docs.slack.dev/interactivity/handling-user-interaction: five times within thirty minutes. */
const MAXIMUM_USES = 5;
const LIFE_MS = 30 * 60_000;

export interface ResponseUrlsOptions {
  readonly clock: Clock;
  /** Tells the app of a message in its channel, its own one too. */
  emit(target: ResponseTarget, event: object): void;
  /** Something can be seen that could not be seen before. */
  onChange(): void;
}

/** What comes back from a response URL. */
export interface ResponseUrlAnswer {
  readonly status: number;
  readonly body: { readonly ok: boolean; readonly error?: string };
}

interface Minted {
  readonly target: ResponseTarget;
  readonly mintedAt: number;
  uses: number;
}

type Part = Readonly<Record<string, unknown>>;

const PATH = /^\/response\/([A-Z0-9]+\/\d+)$/;

/** The ticket in the path of a response URL; undefined for any other path. */
export function responseTicketOf(path: string): string | undefined {
  return PATH.exec(path)?.[1];
}

/** Where the app may answer an action of a person, without a token and also where it is no member. */
export class ResponseUrls {
  readonly #options: ResponseUrlsOptions;
  readonly #minted = new Map<string, Minted>();

  constructor(options: ResponseUrlsOptions) {
    this.#options = options;
  }

  /** The path of a new URL. */
  mint(target: ResponseTarget): string {
    const ticket = `${target.workspace.teamId}/${this.#minted.size + 1}`;
    this.#minted.set(ticket, { target, mintedAt: this.#options.clock.now(), uses: 0 });
    return `/response/${ticket}`;
  }

  /** Answers with 404 `expired_url` or `used_url` once it is over; a refused message does not count as a use. */
  take(ticket: string, text: string): ResponseUrlAnswer {
    const minted = this.#minted.get(ticket);
    if (minted === undefined) return refused(404, 'invalid_url');
    if (this.#options.clock.now() - minted.mintedAt > LIFE_MS) return refused(404, 'expired_url');
    if (minted.uses >= MAXIMUM_USES) return refused(404, 'used_url');
    const message = readBody(text);
    if (message === undefined) return refused(400, 'invalid_payload');
    const answer = this.#write(minted.target, message);
    if (answer.status === 200) minted.uses += 1;
    this.#options.onChange();
    return answer;
  }

  #write(target: ResponseTarget, message: Part): ResponseUrlAnswer {
    if (message['delete_original'] === true) return removeOriginal(target);
    const blocks = (message['blocks'] ?? []) as readonly Record<string, unknown>[];
    const text = typeof message['text'] === 'string' ? message['text'] : '';
    if (text === '' && blocks.length === 0) return refused(400, 'no_text');
    const isSound = blocks.length === 0 || validateBlocks(blocks).length === 0;
    if (!isSound || countBlockText(blocks) > MAXIMUM_BLOCK_TEXT) return refused(400, 'invalid_blocks');
    if (target.workspace.channels.get(target.channel)?.isArchived === true) {
      return refused(410, 'channel_is_archived');
    }
    if (message['replace_original'] === true) return replaceOriginal(target, { text, blocks });
    const threadTs = typeof message['thread_ts'] === 'string' ? message['thread_ts'] : target.threadTs;
    this.#post(target, { text, blocks, threadTs, isPublic: message['response_type'] === 'in_channel' });
    return { status: 200, body: { ok: true } };
  }

  #post(
    target: ResponseTarget,
    message: {
      readonly text: string;
      readonly blocks: readonly Record<string, unknown>[];
      readonly threadTs: string | undefined;
      readonly isPublic: boolean;
    },
  ): void {
    const { workspace, channel } = target;
    const { text, blocks, threadTs, isPublic } = message;
    const content = { channel, text, blocks, ...(threadTs === undefined ? {} : { threadTs }) };
    if (!isPublic) {
      workspace.ephemerals.push({ ...content, ts: workspace.nextTs(channel), user: target.user });
      return;
    }
    const written = workspace.addMessage({ ...content, user: workspace.botUserId, isOurs: true });
    const where = workspace.channels.get(channel);
    if (where !== undefined) this.#options.emit(target, ourMessageEvent(workspace, where, written));
  }
}

function readBody(text: string): Part | undefined {
  const json = text.startsWith('payload=') ? (new URLSearchParams(text).get('payload') ?? '') : text;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Part) : undefined;
  } catch {
    return undefined;
  }
}

function replaceOriginal(
  target: ResponseTarget,
  content: { readonly text: string; readonly blocks: readonly Record<string, unknown>[] },
): ResponseUrlAnswer {
  const original = findOriginal(target);
  if (original === undefined) return refused(404, 'message_not_found');
  original.text = content.text;
  original.blocks = content.blocks;
  if (isPublic(original)) original.edits += 1;
  return { status: 200, body: { ok: true } };
}

function removeOriginal(target: ResponseTarget): ResponseUrlAnswer {
  const original = findOriginal(target);
  if (original === undefined) return refused(404, 'message_not_found');
  const { workspace, channel } = target;
  const index = workspace.ephemerals.findIndex(({ ts }) => ts === original.ts);
  if (target.original?.isEphemeral === true) workspace.ephemerals.splice(index, 1);
  else workspace.removeMessage(channel, original.ts);
  return { status: 200, body: { ok: true } };
}

function findOriginal({ workspace, channel, original }: ResponseTarget) {
  if (original === undefined) return undefined;
  return original.isEphemeral
    ? workspace.ephemerals.find(({ ts }) => ts === original.ts)
    : workspace.findMessage(channel, original.ts);
}

function isPublic(message: EmulatedMessage | EmulatedEphemeral): message is EmulatedMessage {
  return 'edits' in message;
}

function refused(status: number, error: string): ResponseUrlAnswer {
  return { status, body: { ok: false, error } };
}
