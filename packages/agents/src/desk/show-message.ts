import {
  type MessageId,
  type Notifier,
  OpsError,
  type ShownMessage,
  type ShownPlace,
  toOpsError,
} from '@jamie/core';
import type { ShowContext } from '../agents-context.ts';
import { whileClaimed } from './claim-messages.ts';
import { postTraits } from './post-traits.ts';
import { ROLL_UP_FROM, rollUp } from './roll-up.ts';
import { findShown } from './show.ts';
import { awaitThread } from './thread-place.ts';
import { recordUndeliverable } from './undeliverable.ts';

/** One post a second and channel: how long each place in line takes. */
const PLACE_MS = 1_100;
/** Whoever waits in line comes back at least so often: the line may have become shorter. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Makes Slack show a message in its present version. A version that Slack shows already is skipped. The message is
 * claimed first, so that two workers neither post it twice nor repaint it out of order. Where too much waits for the
 * same channel, it stands in line, or in one message together with others. When nobody can be told, that is recorded
 * and the job is over. Throws retryable errors only, except on the last attempt.
 */
export async function showMessage(
  context: ShowContext,
  notifier: Notifier | undefined,
  messageId: MessageId,
  isLastAttempt = false,
): Promise<void> {
  const shown = await findShown(context.store, messageId);
  if (shown === undefined || !isForSlack(shown) || isShown(shown)) return;
  try {
    await awaitThread(context, shown.message);
    await showInTurn(context, notifier, shown);
  } catch (thrown) {
    const error = toOpsError(thrown);
    if (error.retryable && !isLastAttempt) throw error;
    await leaveLine(context, shown);
    await recordUndeliverable(context, shown, error);
  }
}

function isForSlack({ message, conversation }: ShownMessage): boolean {
  return conversation.place.surface === 'slack' && message.author !== 'person';
}

function isShown({ message }: ShownMessage): boolean {
  return message.slack?.ts !== undefined && message.slack.shownVersion >= message.version;
}

async function showInTurn(
  context: ShowContext,
  notifier: Notifier | undefined,
  shown: ShownMessage,
): Promise<void> {
  const { id: messageId } = shown.message;
  if (notifier === undefined) {
    throw new OpsError('unavailable', 'Slack is not connected', { details: { messageId } });
  }
  try {
    // A channel that is full is known without the claim, which costs more than all else.
    const waitMs = isPosted(shown) ? 0 : await notifier.findPostWait(shown, postTraits(shown).isUrgent);
    if (waitMs > 0 || (await belongsInDigest(context, shown))) {
      return await waitInLine(context, notifier, shown, channelFull(waitMs));
    }
    const { failure } = await showClaimed(context, notifier, shown);
    await leaveLine(context, shown);
    if (failure !== undefined) throw failure;
  } catch (thrown) {
    const error = toOpsError(thrown);
    if (error.details['waitsFor'] !== 'channel' || error.details['isInLine'] === true) throw error;
    await waitInLine(context, notifier, shown, error);
  }
}

function isPosted({ message }: ShownMessage): boolean {
  return message.slack?.ts !== undefined && message.slack.isDigest !== true;
}

/** A message that came when many wait does not pass them by: one list of all tells more than it alone. */
async function belongsInDigest({ postingLine }: ShowContext, shown: ShownMessage): Promise<boolean> {
  if (postingLine === undefined || isPosted(shown) || !postTraits(shown).mayRollUp) return false;
  return (await postingLine.listRollable(lineKeyOf(shown), ROLL_UP_FROM)).length >= ROLL_UP_FROM;
}

function channelFull(retryAfterMs: number): OpsError {
  return new OpsError('rate_limited', 'others post in this channel first', { retryAfterMs });
}

async function showClaimed(
  context: ShowContext,
  notifier: Notifier,
  { message: { id } }: ShownMessage,
): Promise<ShownPlace> {
  const message = await context.store.findMessage(id);
  if (message === undefined)
    throw new OpsError('not_found', 'no such message', { details: { messageId: id } });
  return whileClaimed(context, [message], async ([claimed]) => {
    if (claimed === undefined)
      throw new OpsError('not_found', 'no conversation', { details: { messageId: id } });
    const { isUrgent } = postTraits(claimed);
    const place = await notifier.show(claimed, { isUrgent, isFirst: message.slack === undefined });
    const { failure, ...at } = place;
    return { result: place, delivered: { at, isWhole: failure === undefined } };
  });
}

/** Returns when the message was shown together with others; throws when it has to come back. */
async function waitInLine(
  context: ShowContext,
  notifier: Notifier,
  shown: ShownMessage,
  busy: OpsError,
): Promise<void> {
  const { message } = shown;
  const traits = postTraits(shown);
  const key = lineKeyOf(shown);
  const place = await context.postingLine?.wait(key, { messageId: message.id, ...traits });
  if (place === undefined) throw busy;
  const isFull = traits.mayRollUp && place.rollable > ROLL_UP_FROM;
  if (isFull && (await notifier.findPostWait(shown, true)) === 0) {
    const done = await rollUp(context, notifier, key);
    if (done.includes(message.id)) return;
  }
  // A digest takes many at once, so that the line is as much faster as it has places for them.
  const aheadMs = (place.ahead * PLACE_MS) / (traits.mayRollUp ? ROLL_UP_FROM : 1);
  throw new OpsError('rate_limited', busy.message, {
    retryAfterMs: Math.min(LONGEST_WAIT_MS, Math.max(busy.retryAfterMs ?? 0, PLACE_MS, Math.round(aheadMs))),
    details: { ...busy.details, isInLine: true },
    cause: busy,
  });
}

async function leaveLine({ postingLine }: ShowContext, shown: ShownMessage): Promise<void> {
  await postingLine?.leave(lineKeyOf(shown), [shown.message.id]);
}

function lineKeyOf({ conversation: { place } }: ShownMessage): string {
  return place.surface === 'slack' ? `${place.teamId}:${place.channelId}` : place.key;
}
