import { type ApiArguments, type ApiContext, refuse, textArgument } from './api-answer.ts';
import type { Found } from './message-content.ts';
import type { EmulatedChannel, EmulatedMessage } from './workspace.ts';

/** The channel of a call in which the app may write. A person's id means the direct channel with them. */
export function writableChannel(args: ApiArguments, { workspace }: ApiContext): Found<EmulatedChannel> {
  const id = textArgument(args, 'channel') ?? '';
  const isPerson = workspace.users.has(id) && id !== workspace.botUserId;
  const channel = isPerson ? workspace.directChannel(id) : workspace.channels.get(id);
  if (channel === undefined) return { refusal: refuse('channel_not_found') };
  if (channel.isArchived) return { refusal: refuse('is_archived') };
  if (!channel.botIsMember)
    return { refusal: refuse(channel.kind === 'im' ? 'channel_not_found' : 'not_in_channel') };
  if (channel.refusal !== undefined) return { refusal: refuse(channel.refusal) };
  return { value: channel };
}

/** The message of a call that streams, which must be one of the app's own. */
export function findOwnMessage(
  args: ApiArguments,
  context: ApiContext,
): Found<{ readonly channel: EmulatedChannel; readonly message: EmulatedMessage }> {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel;
  const message = context.workspace.findMessage(channel.value.id, textArgument(args, 'ts') ?? '');
  if (message === undefined) return { refusal: refuse('message_not_found') };
  if (!message.isOurs) return { refusal: refuse('message_not_owned_by_app') };
  return { value: { channel: channel.value, message } };
}
