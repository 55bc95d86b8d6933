import type { MessageId, Notifier, StopPress } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { hasMoreToStop, stopWithoutRequest } from '../commands/stop.ts';
import { answerIdOf } from './answer-id.ts';
import { handleRequest } from './handle-request.ts';
import { showMessage } from './show-message.ts';
import { submit } from './submit.ts';

/**
 * Stops what is worked on where somebody pressed the button, here and now and in no queue: every worker may be waiting
 * for a slow model. What was stored is shown at once too; where that fails, the jobs of the same commits show it.
 */
export async function stopAtOnce(
  context: AgentsContext,
  press: StopPress,
  findNotifier: () => Notifier | undefined,
): Promise<void> {
  const { store } = context;
  const conversation = await store.findConversationAt(press.place);
  const isWanted = press.requestId === undefined || (await isOpen(context, press.requestId));
  if (conversation !== undefined && isWanted) {
    const by = { person: press.principal, conversation };
    const open = await store.listOpenRequestsOf(conversation.id);
    const isStopped = await stopWithoutRequest(context, by);
    const told = open.map(({ id }) => answerIdOf(id));
    if (!isStopped && (await hasMoreToStop(context, by))) told.push(await stopAsTyped(context, press));
    await Promise.all(told.map((id) => showNow(context, findNotifier(), id)));
  }
  if (press.inboxId !== undefined) await store.commit([{ kind: 'inbox.finish', id: press.inboxId }]);
}

async function isOpen({ store }: AgentsContext, id: NonNullable<StopPress['requestId']>): Promise<boolean> {
  return (await store.findRequest(id))?.status === 'open';
}

/** With a request of its own, whose answer says what became of everything; its job answers it should this fail. */
async function stopAsTyped(context: AgentsContext, press: StopPress): Promise<MessageId> {
  const { requestId: _unused, inboxId: _finishedLater, ...asked } = press;
  const { requestId } = await submit(context, { ...asked, form: 'command', text: 'stop' });
  await handleRequest(context, requestId, false);
  return answerIdOf(requestId);
}

async function showNow(
  context: AgentsContext,
  notifier: Notifier | undefined,
  messageId: MessageId,
): Promise<void> {
  if (notifier === undefined) return;
  try {
    await showMessage(context, notifier, messageId);
  } catch (error) {
    context.logger.debug('a stop is shown a little later', { messageId, err: toOpsError(error) });
  }
}
