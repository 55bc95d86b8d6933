import type { InboxDelivery } from '@jamie/core';
import { z } from 'zod';
import { OLD_BUTTON } from '../listeners/actions/old-button.ts';
import type { SlackClient } from '../people/identify-person.ts';
import { tellPrivately } from './tell-privately.ts';

/** A click in a message, or a modal that was handed in; every other delivery that nobody takes concerns nobody. */
const schema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('block_actions'),
    user: z.object({ id: z.string() }),
    // Absent on the Home tab.
    channel: z.object({ id: z.string() }).optional(),
    message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  }),
  z.object({ type: z.literal('view_submission'), user: z.object({ id: z.string() }) }),
]);

/** Tells whoever clicked something that this version of the app does not know that nothing comes of it. */
export async function explainUnknown(client: SlackClient, { payload }: InboxDelivery): Promise<void> {
  const { data } = schema.safeParse(payload);
  if (data === undefined) return;
  const userId = data.user.id;
  const { channel, message } = data.type === 'block_actions' ? data : {};
  const place =
    channel === undefined || message === undefined
      ? {}
      : { channelId: channel.id, threadTs: message.thread_ts ?? message.ts };
  await tellPrivately(client, { userId, ...place }, OLD_BUTTON);
}
