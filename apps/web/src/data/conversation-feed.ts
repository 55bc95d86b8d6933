import type { Submitted } from '@jamie/core';
import type { ApiClient, ApiResult, PageSubmission } from './api-client.ts';
import { backoffMs } from './backoff.ts';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  type FailedSubmission,
  reduceConversation,
} from './conversation-state.ts';
import { parseLiveFrame } from './live-frame.ts';
import type { LiveSocket, OpenSocket } from './live-socket.ts';
import type { Utterance } from './utterance.ts';

/** Pushes are hints, the transcript is the truth: it is read this often even while all seems well. */
const CATCH_UP_EVERY_MS = 20_000;

/** Enough to bridge a restart of the server. */
const SUBMIT_RETRIES = 3;

export interface FeedSurroundings {
  readonly api: Pick<ApiClient, 'submit' | 'readTranscript'>;
  readonly openSocket: OpenSocket;
  /** Calls once after `delayMs`; the returned function takes it back. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** A key that no other submission has. */
  readonly nextIdempotencyKey: () => string;
}

/** One conversation as it stands, kept up to date by pushes and by reading it again after every gap. */
export interface ConversationFeed {
  state(): ConversationState;
  /** Calls back after each change of state; the returned function ends that. */
  subscribe(listener: () => void): () => void;
  start(): void;
  /** Ends every connection and timer; it may be started again. */
  stop(): void;
  submit(utterance: Utterance): Promise<void>;
  /** Sends a failed submission again under its old key, so that it can have no second effect. */
  retry(submission: PageSubmission): Promise<void>;
  /** Reads the transcript now. */
  catchUp(): Promise<void>;
}

/** Creates the feed of one conversation. Nothing is connected until `start`. */
export function createConversationFeed(key: string, surroundings: FeedSurroundings): ConversationFeed {
  const { api, after, now } = surroundings;
  const listeners = new Set<() => void>();
  let state = emptyConversation(key);
  let line: Line | undefined;

  function apply(event: ConversationEvent): void {
    const next = reduceConversation(state, event);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function signedOut(result: ApiResult<unknown>): boolean {
    if (result.kind !== 'signed_out') return false;
    line?.close();
    apply({ kind: 'signed_out' });
    return true;
  }

  async function catchUp(): Promise<void> {
    const result = await api.readTranscript(key);
    if (signedOut(result) || result.kind !== 'ok') return;
    apply({ kind: 'shown', messages: result.value });
    if (!state.loaded) apply({ kind: 'loaded' });
  }

  /** Repeats while nobody answers: under one key, however often it arrives it is one request. */
  async function submitPersistently(submission: PageSubmission): Promise<ApiResult<Submitted>> {
    for (let failures = 0; ; failures += 1) {
      const result = await api.submit(submission);
      if (result.kind !== 'unreachable' || failures === SUBMIT_RETRIES) return result;
      await new Promise<void>((resolve) => after(backoffMs(failures, surroundings.random()), resolve));
    }
  }

  async function send(submission: PageSubmission): Promise<void> {
    const { idempotencyKey } = submission;
    apply({ kind: 'sending', submission, at: now() });
    const result = await submitPersistently(submission);
    if (result.kind === 'ok')
      return apply({ kind: 'accepted', idempotencyKey, requestId: result.value.requestId });
    signedOut(result);
    apply({ kind: 'failed', idempotencyKey, failure: failureOf(result) });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      line?.close();
      line = holdLine(key, surroundings, { apply, catchUp, regularly: atRegularTimes(after) });
    },
    stop: () => line?.close(),
    submit: (utterance) =>
      send({ ...utterance, conversationKey: key, idempotencyKey: surroundings.nextIdempotencyKey() }),
    retry: send,
    catchUp,
  };
}

function failureOf(result: Exclude<ApiResult<Submitted>, { kind: 'ok' }>): FailedSubmission {
  const message = result.kind === 'signed_out' ? 'You are signed out.' : result.message;
  return { kind: 'failed', isKnown: result.kind !== 'unreachable', message };
}

interface Line {
  close(): void;
}

interface LineEffects {
  readonly apply: (event: ConversationEvent) => void;
  readonly catchUp: () => Promise<void>;
  readonly regularly: (callback: () => void) => () => void;
}

function atRegularTimes(after: FeedSurroundings['after']): LineEffects['regularly'] {
  return (callback) => {
    let cancel: () => void;
    const again = (): void => {
      cancel = after(CATCH_UP_EVERY_MS, () => {
        callback();
        again();
      });
    };
    again();
    return () => cancel();
  };
}

/**
 * Keeps a socket open, with backoff, until closed. After each opening it subscribes and reads the transcript, and
 * reads it again once the server confirms the subscription: whatever was said before that moment is in the
 * transcript, whatever comes after it is pushed. While the socket is down each attempt reads the transcript too.
 */
function holdLine(key: string, surroundings: FeedSurroundings, effects: LineEffects): Line {
  const { openSocket, after, random } = surroundings;
  const { apply, catchUp } = effects;
  let failures = 0;
  let closed = false;
  let socket: LiveSocket | undefined;
  let cancelRetry: () => void = () => undefined;

  function connect(): void {
    socket = openSocket({
      onOpened() {
        failures = 0;
        apply({ kind: 'connection', connection: 'live' });
        socket?.send(JSON.stringify({ type: 'subscribe', conversationKey: key }));
        void catchUp();
      },
      onText(text) {
        const frame = parseLiveFrame(text);
        if (frame.kind === 'message') apply({ kind: 'shown', messages: [frame.shown] });
        if (frame.kind === 'subscribed') void catchUp();
      },
      onClosed() {
        apply({ kind: 'connection', connection: 'lost' });
        cancelRetry = after(backoffMs(failures, random()), reconnect);
        failures += 1;
      },
    });
  }
  function reconnect(): void {
    void catchUp();
    if (!closed) connect();
  }

  const cancelEvery = effects.regularly(() => void catchUp());
  connect();
  return {
    close() {
      closed = true;
      cancelRetry();
      cancelEvery();
      socket?.close();
    },
  };
}
