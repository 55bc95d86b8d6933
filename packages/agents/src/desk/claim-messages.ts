import {
  type CommitResult,
  isOpsError,
  type Message,
  type MessageId,
  OpsError,
  type ShownMessage,
  type SlackDelivery,
} from '@jamie/core';
import type { ShowContext } from '../agents-context.ts';
import { findShown } from './show.ts';

/** How long one worker alone may post or repaint a message, unless it prolongs that. */
const CLAIM_MS = 6_000;
/** Three chances to prolong a claim before it ends: a worker that is alive keeps its messages. */
const PROLONG_MS = 2_000;
/** How soon a worker that found the message claimed tries again. */
const CLAIMED_RETRY_MS = 300;
const CHANGE_ATTEMPTS = 5;

/** What is recorded of a message once it is shown. */
export type Delivered = Omit<SlackDelivery, 'claimedUntil' | 'shownVersion'>;

/** What became of claimed messages. */
export interface ClaimedWork<T> {
  readonly result: T;
  /** Where they stand now; `isWhole` false: something is missing, and the next run brings it. */
  readonly delivered: { readonly at: Delivered; readonly isWhole: boolean };
}

/** Whether nobody else works on the message now. */
export function isClaimable(message: Message, now: number): boolean {
  return (message.slack?.claimedUntil ?? 0) <= now;
}

/** When somebody else works on the message: try again soon. */
function claimedByAnother(): OpsError {
  return new OpsError('unavailable', 'another worker shows this message', {
    retryAfterMs: CLAIMED_RETRY_MS,
  });
}

/**
 * Claims the messages in one commit, and prolongs the claim for as long as `work` takes; then records what it says, or
 * lets go of them when it throws. A worker that dies lets go within seconds. Throws unavailable where somebody else has
 * one of them, conflict where one was changed meanwhile (retryable both), and what `work` throws.
 */
export async function whileClaimed<T>(
  context: ShowContext,
  messages: readonly Message[],
  work: (claimed: readonly ShownMessage[]) => Promise<ClaimedWork<T>>,
): Promise<T> {
  await claim(context, messages);
  const ids = messages.map(({ id }) => id);
  const claimed = (await Promise.all(ids.map((id) => findShown(context.store, id)))).filter(
    (shown) => shown !== undefined,
  );
  const prolonging = prolong(context, ids);
  let done: ClaimedWork<T>;
  try {
    done = await work(claimed);
  } catch (error) {
    await prolonging.end();
    await release(context, messages, error);
    throw error;
  }
  const prolonged = await prolonging.end();
  await record(context, claimed, done.delivered, prolonged);
  return done.result;
}

async function claim(context: ShowContext, messages: readonly Message[]): Promise<void> {
  const now = context.clock.now();
  const claimedUntil = now + CLAIM_MS;
  const farAway = messages.filter(({ slack }) => (slack?.claimedUntil ?? 0) > claimedUntil);
  // The clock was set back: what is left of the claim is no more than a whole one.
  if (farAway.length > 0) await change(context, farAway, (slack) => ({ ...slack, claimedUntil }));
  if (!messages.every((message) => isClaimable(message, now))) throw claimedByAnother();
  const result = await change(context, messages, (slack) => ({ ...slack, claimedUntil }));
  if (result.kind === 'conflict') throw changedMeanwhile();
}

interface Prolonging {
  /** Stops it; returns how often the claim was prolonged. */
  end(): Promise<number>;
}

/** A store that is away costs the claim, never the work: the next worker looks before it posts. */
function prolong(context: ShowContext, ids: readonly MessageId[]): Prolonging {
  const { clock, logger } = context;
  const ended = new AbortController();
  let count = 0;
  const run = async () => {
    for (;;) {
      await clock.sleep(PROLONG_MS, ended.signal);
      const claimedUntil = clock.now() + CLAIM_MS;
      const result = await change(context, await getMessages(context, ids), (slack) => ({
        ...slack,
        claimedUntil,
      }));
      if (result.kind === 'committed') count += 1;
    }
  };
  const running = run().catch((error: unknown) => {
    if (ended.signal.aborted) return;
    logger.warn('a claim on a message was not prolonged', { messageIds: [...ids], err: error });
  });
  return {
    async end() {
      ended.abort();
      await running;
      return count;
    },
  };
}

/**
 * Each prolonging and this record grow a message's version by one; what is shown stays the same. A message that was
 * changed meanwhile has a version above the one recorded, and a job of its own that shows it.
 */
async function record(
  context: ShowContext,
  claimed: readonly ShownMessage[],
  { at, isWhole }: ClaimedWork<unknown>['delivered'],
  prolonged: number,
): Promise<void> {
  const versions = new Map(claimed.map(({ message }) => [message.id, message.version + prolonged + 1]));
  await changeSurely(context, [...versions.keys()], (before, { id }) => {
    const { permalink = before.permalink } = at;
    const shownVersion = isWhole ? (versions.get(id) ?? 0) : 0;
    return { ...at, ...(permalink !== undefined && { permalink }), shownVersion };
  });
}

/**
 * After an answer that never came somebody has to look before the next post: that there was an attempt stays. Where
 * Slack took nothing, it is as if nobody had tried.
 */
async function release(context: ShowContext, messages: readonly Message[], error: unknown): Promise<void> {
  const tookNothing = isOpsError(error, 'rate_limited');
  const untouched = new Set(messages.filter(({ slack }) => slack === undefined).map(({ id }) => id));
  await changeSurely(
    context,
    messages.map(({ id }) => id),
    ({ claimedUntil: _released, ...slack }, { id }) => (tookNothing && untouched.has(id) ? undefined : slack),
  );
}

type Change = (slack: SlackDelivery, message: Message) => SlackDelivery | undefined;

function change(
  { store }: Pick<ShowContext, 'store'>,
  messages: readonly Message[],
  toSlack: Change,
): Promise<CommitResult> {
  return store.commit(
    messages.map((message) => {
      const { slack: before, ...rest } = message;
      const slack = toSlack(before ?? { shownVersion: 0 }, message);
      const changed = { ...rest, version: message.version + 1, ...(slack !== undefined && { slack }) };
      return { kind: 'message.update', message: changed, expectedVersion: message.version };
    }),
  );
}

/** Again with what is there now, where somebody else changed one of them meanwhile. */
async function changeSurely(context: ShowContext, ids: readonly MessageId[], toSlack: Change): Promise<void> {
  for (let attempt = 0; attempt < CHANGE_ATTEMPTS; attempt += 1) {
    const result = await change(context, await getMessages(context, ids), toSlack);
    if (result.kind === 'committed') return;
  }
  throw changedMeanwhile();
}

function changedMeanwhile(): OpsError {
  return new OpsError('conflict', 'message changed while it was shown', {
    retryable: true,
    retryAfterMs: CLAIMED_RETRY_MS,
  });
}

async function getMessages(
  { store }: Pick<ShowContext, 'store'>,
  ids: readonly MessageId[],
): Promise<readonly Message[]> {
  const messages = await Promise.all(ids.map((id) => store.findMessage(id)));
  return messages.map((message, index) => {
    if (message !== undefined) return message;
    throw new OpsError('not_found', 'no such message', { details: { messageId: ids[index] } });
  });
}
