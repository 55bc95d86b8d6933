import { deliveryTeamOf } from '@jamie/slack';
import type { EnvelopedEvent } from '@slack/bolt';
import { z } from 'zod';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import type { ListenerContext } from '../listener-context.ts';

const eventSchema = z.object({ channel: z.string(), user: z.string(), thread_ts: z.string() });

/** Somebody pressed Stop beside what we are doing: it stops, as if they had typed it, whatever else waits. */
export async function onStop(
  context: ListenerContext,
  event: unknown,
  body: EnvelopedEvent,
  ticket: DeliveryTicket,
): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return;
  const { channel: channelId, user: userId, thread_ts: threadTs } = parsed.data;
  const workspace = await context.workspaces.find(deliveryTeamOf({ ...body }));
  const slackPerson = { teamId: workspace.teamId, userId };
  const recipient = { channelId, userId, threadTs };
  const verdict = await context.people.identify(slackPerson, workspace);
  if (verdict.kind === 'refused') return tellPrivately(workspace.client, recipient, verdict.message);
  if (body.is_ext_shared_channel === true)
    return tellPrivately(workspace.client, recipient, SHARED_CHANNEL_REFUSAL);
  await context.desk.stop({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal: verdict.principal,
    slackPerson,
    place: { surface: 'slack', teamId: workspace.teamId, channelId, threadTs },
  });
  ticket.isHandedOver = true;
}
