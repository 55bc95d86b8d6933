import { isOpsError, type Message, type MessageId, type Notifier, type ShownMessage } from '@jamie/core';
import type { ShowContext } from '../agents-context.ts';
import { isClaimable, whileClaimed } from './claim-messages.ts';
import { postTraits } from './post-traits.ts';
import { toShown } from './show.ts';

/** From this many on, one message that lists them tells people more than the messages one by one would. */
export const ROLL_UP_FROM = 15;
/** Most messages of one digest: as many as fit into one message of Slack. */
const DIGEST_MESSAGES = 30;

/**
 * Shows messages that wait for the same channel as one that lists them; none is left out, and each is recorded as shown
 * there. Returns the ids of those that need no post of their own any more. Throws what the notifier throws; then each
 * message is as it was.
 */
export async function rollUp(
  context: ShowContext,
  notifier: Notifier,
  lineKey: string,
): Promise<readonly MessageId[]> {
  const line = context.postingLine;
  if (line === undefined) return [];
  const waiting = await line.listRollable(lineKey, DIGEST_MESSAGES);
  const { done, free } = await sortOut(context, waiting);
  await line.leave(lineKey, done);
  if (free.length < ROLL_UP_FROM) return done;
  try {
    const listed = await whileClaimed(context, free, async (claimed) => {
      const at = await notifier.showDigest(claimed);
      return { result: claimed.map(({ message }) => message.id), delivered: { at, isWhole: true } };
    });
    await line.leave(lineKey, listed);
    return [...done, ...listed];
  } catch (error) {
    // A channel that refuses the digest is each message's own affair: it goes to who asked, or says why not.
    if (!isOpsError(error) || error.retryable) throw error;
    for (const { id } of free) await line.wait(lineKey, { messageId: id, isUrgent: false, mayRollUp: false });
    return done;
  }
}

interface SortedOut {
  /** They stand in Slack, or are gone. */
  readonly done: readonly MessageId[];
  /** They stand nowhere, and nobody works on them. */
  readonly free: readonly Message[];
}

async function sortOut(context: ShowContext, ids: readonly MessageId[]): Promise<SortedOut> {
  const done: MessageId[] = [];
  const free: Message[] = [];
  for (const id of ids) {
    const message = await context.store.findMessage(id);
    const shown = message === undefined ? undefined : await toShown(context.store, message);
    if (message === undefined || shown === undefined || message.slack?.ts !== undefined) done.push(id);
    else if (isFree(context, shown)) free.push(message);
  }
  return { done, free };
}

function isFree({ clock }: ShowContext, shown: ShownMessage): boolean {
  // One that may have been posted already is looked for first, on its own.
  const isUntried = shown.message.slack === undefined;
  return isUntried && isClaimable(shown.message, clock.now()) && postTraits(shown).mayRollUp;
}
