import { type LiveStreams, OpsError, type RequestId } from '@jamie/core';
import { FakeClock, FakeLiveStreams, RecordingLogger } from '@jamie/testing';
import type { AnyChunk } from '@slack/types';
import { ErrorCode } from '@slack/web-api';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { SlackStreamWriter } from './slack-stream-writer.ts';

/** What happens to one call. `lost`: it has its effect, and nobody is told. `cut`: it has none, and nobody is told. */
export type CallFate = 'ok' | 'limited' | 'lost' | 'cut' | 'ended' | 'full';

export interface FakeMessage {
  readonly ts: string;
  readonly startedAt: number;
  readonly chunks: AnyChunk[];
  isLive: boolean;
}

const LIFETIME_MS = 300_000;

/** The streams of one Slack thread in memory, with the fates of its calls in the order in which they come. */
export class StreamingSlack {
  readonly clock = new FakeClock();
  readonly streams: LiveStreams = new FakeLiveStreams();
  readonly messages: FakeMessage[] = [];
  readonly calls: { readonly method: string; readonly at: number }[] = [];
  /** Texts of messages that were posted and changed, newest state. */
  readonly posts = new Map<string, string>();
  readonly unsupported = new Set<string>();
  stops = 0;
  fates: CallFate[] = [];
  /** The word with which every start is refused. */
  refusal: string | undefined;

  writer(): SlackStreamWriter {
    return new SlackStreamWriter({
      workspace: this.#workspace(),
      place: {
        requestId: 'r_1' as RequestId,
        channelId: 'C1',
        threadTs: '1.0',
        recipient: { teamId: 'T1', userId: 'U1' },
      },
      streams: this.streams,
      clock: this.clock,
      logger: new RecordingLogger(),
      unsupported: this.unsupported,
      onStopped: () => {
        this.stops += 1;
      },
    });
  }

  /** Lets time pass until the work is done. */
  async runUntil(work: Promise<unknown>, stepMs = 500): Promise<void> {
    let isDone = false;
    const settled = work.finally(() => {
      isDone = true;
    });
    while (!isDone) await this.clock.advance(stepMs);
    await settled;
  }

  /** Everything said, over all messages. */
  get text(): string {
    return this.messages.map(textIn).join('');
  }

  /** The last state of each card of a message. */
  cardsOf(message: FakeMessage | undefined): Readonly<Record<string, string>> {
    const cards: Record<string, string> = {};
    for (const chunk of message?.chunks ?? []) {
      if (chunk.type === 'task_update') cards[chunk.title] = chunk.status;
    }
    return cards;
  }

  #workspace(): SlackWorkspace {
    const client = {
      chat: {
        startStream: (args: Args) => this.#call('start', args),
        appendStream: (args: Args) => this.#call('append', args),
        stopStream: (args: Args) => this.#call('stop', args),
        postMessage: (args: Args) => this.#post(args),
        update: (args: Args) => this.#post(args),
      },
      conversations: {
        replies: async () => ({
          messages: this.messages.map((each) => ({ ts: each.ts, text: textIn(each) })),
        }),
      },
    } as unknown as SlackWorkspace['client'];
    return { teamId: 'T1', botUserId: 'U0', botId: 'B0', botToken: 'xoxb', client, impatientClient: client };
  }

  async #call(method: 'start' | 'append' | 'stop', args: Args): Promise<{ ts: string }> {
    this.calls.push({ method, at: this.clock.now() });
    if (method === 'start' && this.refusal !== undefined) throw platformError(this.refusal);
    const fate = this.fates.shift() ?? 'ok';
    if (fate === 'limited') throw new OpsError('rate_limited', 'slow down', { retryAfterMs: 2_000 });
    if (fate === 'cut') throw new OpsError('unavailable', 'cut');
    if (fate === 'full' && method === 'append') throw platformError('msg_too_long');
    const ts = this.#take(method, args, fate);
    if (fate === 'lost') throw new OpsError('timeout', 'no answer');
    return { ts };
  }

  #take(method: 'start' | 'append' | 'stop', args: Args, fate: CallFate): string {
    if (method === 'start') {
      const ts = `${this.messages.length + 2}.0`;
      this.messages.push({ ts, startedAt: this.clock.now(), chunks: [...(args.chunks ?? [])], isLive: true });
      return ts;
    }
    const message = this.messages.find((each) => each.ts === args.ts);
    if (message === undefined) throw platformError('message_not_found');
    if (fate === 'ended' || this.clock.now() - message.startedAt > LIFETIME_MS) message.isLive = false;
    if (!message.isLive) throw platformError('message_not_in_streaming_state');
    message.chunks.push(...(args.chunks ?? []));
    if (method === 'stop') message.isLive = false;
    return message.ts;
  }

  async #post(
    args: Args & { readonly text?: string; readonly blocks?: readonly { text: { text: string } }[] },
  ) {
    this.calls.push({ method: args.ts === undefined ? 'post' : 'update', at: this.clock.now() });
    const ts = args.ts ?? `${this.posts.size + 100}.0`;
    this.posts.set(ts, (args.blocks ?? []).map((block) => block.text.text).join('\n'));
    return { ts };
  }
}

interface Args {
  readonly ts?: string;
  readonly chunks?: readonly AnyChunk[];
}

function textIn({ chunks }: FakeMessage): string {
  return chunks.map((chunk) => (chunk.type === 'markdown_text' ? chunk.text : '')).join('');
}

function platformError(word: string): Error {
  return Object.assign(new Error(word), { code: ErrorCode.PlatformError, data: { error: word } });
}
