import type { ShownMessage, Submitted } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import type { ApiResult, PageSubmission } from './api-client.ts';
import { createConversationFeed } from './conversation-feed.ts';
import type { SocketEvents } from './live-socket.ts';

const KEY = 'page-1';
const UNREACHABLE = { kind: 'unreachable', message: 'no answer' } as const;

function aShown(id: string, version = 1): ShownMessage {
  const message = {
    id,
    at: 1,
    version,
    author: 'jamie',
    requestId: `req_${id}`,
    body: { kind: 'text', text: id },
  };
  return { message, conversation: { place: { surface: 'local', key: KEY } } } as unknown as ShownMessage;
}

/** A feed whose server, sockets and timers the test holds in its hands. */
function aFeed() {
  const sockets: { events: SocketEvents; sent: string[]; closed: boolean }[] = [];
  const timers: { delayMs: number; callback: () => void; cancelled: boolean }[] = [];
  const submissions: PageSubmission[] = [];
  const server = {
    transcript: { kind: 'ok', value: [] } as ApiResult<readonly ShownMessage[]>,
    submitted: [] as ApiResult<Submitted>[],
    reads: 0,
  };
  const feed = createConversationFeed(KEY, {
    api: {
      async submit(submission) {
        submissions.push(submission);
        return server.submitted.shift() ?? UNREACHABLE;
      },
      async readTranscript() {
        server.reads += 1;
        return server.transcript;
      },
    },
    openSocket(events) {
      const socket = { events, sent: [] as string[], closed: false };
      sockets.push(socket);
      return {
        send: (text) => void socket.sent.push(text),
        close() {
          socket.closed = true;
        },
      };
    },
    after(delayMs, callback) {
      const timer = { delayMs, callback, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
    now: () => 1,
    random: () => 0,
    nextIdempotencyKey: () => `once-${submissions.length}`,
  });
  /** Fires the oldest waiting timer shorter than the regular catch-up, and lets its consequences happen. */
  async function fireRetry(): Promise<number | undefined> {
    const index = timers.findIndex((timer) => timer.delayMs < 20_000);
    const [timer] = index < 0 ? [] : timers.splice(index, 1);
    if (timer !== undefined && !timer.cancelled) timer.callback();
    await settle();
    return timer?.delayMs;
  }
  return { feed, sockets, timers, submissions, server, fireRetry };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('createConversationFeed', () => {
  it('subscribes and reads the transcript when the line opens', async () => {
    const { feed, sockets, server } = aFeed();
    server.transcript = { kind: 'ok', value: [aShown('a')] };
    feed.start();
    sockets[0]?.events.onOpened();
    await settle();
    expect(sockets[0]?.sent).toEqual([JSON.stringify({ type: 'subscribe', conversationKey: KEY })]);
    expect(feed.state()).toMatchObject({ connection: 'live', loaded: true });
    expect(feed.state().shown).toHaveLength(1);
  });

  it('reads the transcript again once the subscription is confirmed, so that the gap before it is closed', async () => {
    const { feed, sockets, server } = aFeed();
    feed.start();
    sockets[0]?.events.onOpened();
    await settle();
    server.transcript = { kind: 'ok', value: [aShown('said-in-the-gap')] };
    sockets[0]?.events.onText(JSON.stringify({ type: 'subscribed' }));
    await settle();
    expect(feed.state().shown).toHaveLength(1);
  });

  it('shows what is pushed and ignores frames that it does not know', () => {
    const { feed, sockets } = aFeed();
    feed.start();
    sockets[0]?.events.onText(JSON.stringify({ type: 'message', shown: aShown('a') }));
    for (const frame of ['', 'null', '[]', '{"type":"weather"}', '{"type":"message","shown":{}}']) {
      sockets[0]?.events.onText(frame);
    }
    expect(feed.state().shown).toHaveLength(1);
  });

  it('comes back after a cut, waiting longer each time, and catches up while it cannot', async () => {
    const { feed, sockets, server, fireRetry } = aFeed();
    feed.start();
    sockets[0]?.events.onOpened();
    sockets[0]?.events.onClosed();
    expect(feed.state().connection).toBe('lost');
    const delays: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      delays.push(await fireRetry());
      sockets.at(-1)?.events.onClosed();
    }
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500]);
    expect(server.reads).toBeGreaterThanOrEqual(7);
    sockets.at(-1)?.events.onOpened();
    expect(feed.state().connection).toBe('live');
  });

  it('opens no further line once stopped, even from a retry that was under way', async () => {
    const { feed, sockets, fireRetry } = aFeed();
    feed.start();
    sockets[0]?.events.onClosed();
    feed.stop();
    await fireRetry();
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.closed).toBe(true);
  });

  it('repeats a submission that nobody answers under the same key, then says so', async () => {
    const { feed, submissions, fireRetry } = aFeed();
    const done = feed.submit({ form: 'sentence', text: 'health' });
    await settle();
    for (let attempt = 0; attempt < 3; attempt += 1) await fireRetry();
    await done;
    expect(submissions).toHaveLength(4);
    expect(new Set(submissions.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(feed.state().pending[0]?.progress).toEqual({
      kind: 'failed',
      isKnown: false,
      message: 'no answer',
    });
  });

  it('does not repeat what the server rejected', async () => {
    const { feed, server, submissions } = aFeed();
    server.submitted = [{ kind: 'rejected', message: 'must not be empty' }];
    await feed.submit({ form: 'sentence', text: 'health' });
    expect(submissions).toHaveLength(1);
    expect(feed.state().pending[0]?.progress).toMatchObject({ isKnown: true, message: 'must not be empty' });
  });

  it('closes the line when the server does not know the browser any more', async () => {
    const { feed, sockets, server } = aFeed();
    feed.start();
    server.transcript = { kind: 'signed_out' };
    sockets[0]?.events.onOpened();
    await settle();
    expect(feed.state().signedOut).toBe(true);
    expect(sockets[0]?.closed).toBe(true);
  });
});
