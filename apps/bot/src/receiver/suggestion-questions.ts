import { type Clock, isOpsError } from '@jamie/core';
import { NO_OPTIONS, type SlackPayload } from '@jamie/slack';
import type { ThreadCommand, ThreadMessage } from './thread-messages.ts';

/** Questions of the receiver thread to the main thread, which alone can read what a select may show. */
export interface SuggestionQuestions {
  /** The options to show; none when the answer takes longer than two seconds. Never fails. */
  ask(payload: SlackPayload): Promise<SlackPayload>;
  answer(command: Extract<ThreadCommand, { kind: 'suggestions' }>): void;
}

/** Slack waits three seconds; the way there and back needs its share. */
const PATIENCE_MS = 2_000;

/** `tell` reaches the main thread. */
export function createSuggestionQuestions(
  clock: Clock,
  tell: (message: ThreadMessage) => void,
): SuggestionQuestions {
  const waiting = new Map<number, (body: SlackPayload) => void>();
  let lastId = 0;
  return {
    async ask(payload) {
      lastId += 1;
      const id = lastId;
      const { promise, resolve } = Promise.withResolvers<SlackPayload>();
      waiting.set(id, resolve);
      const patience = new AbortController();
      tell({ kind: 'suggest', id, payload });
      const body = await Promise.race([promise, giveUp(clock, patience.signal)]);
      patience.abort();
      waiting.delete(id);
      return body;
    },
    answer({ id, body }) {
      waiting.get(id)?.(body);
    },
  };
}

async function giveUp(clock: Clock, signal: AbortSignal): Promise<SlackPayload> {
  try {
    await clock.sleep(PATIENCE_MS, signal);
  } catch (error) {
    if (!isOpsError(error, 'cancelled')) throw error;
  }
  return NO_OPTIONS;
}
