import { deliveryTeamOf } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { z } from 'zod';

/** What somebody did to a message of ours: a button, or an option of a select. */
export interface Click {
  /** The workspace whose installation it came to. */
  readonly workspaceId: string;
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string;
  readonly messageTs: string;
  readonly actionId: string;
  /** Of the button, or of the chosen option; empty when there is none. */
  readonly value: string;
  /** What a modal may be opened with, within three seconds; empty when there is none. */
  readonly triggerId: string;
  /** When Slack took it, in milliseconds. */
  readonly at: number;
}

const schema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string().default(''),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().optional(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string().optional() }).nullish(),
      }),
    )
    .min(1),
});

/** Reads a click on a message; undefined where there is none, for example in a modal. Pure. */
export function readClick(body: BlockAction): Click | undefined {
  const parsed = schema.safeParse(body);
  const action = parsed.data?.actions[0];
  if (parsed.data === undefined || action === undefined) return undefined;
  const { user, team, channel, message, trigger_id: triggerId } = parsed.data;
  return {
    workspaceId: deliveryTeamOf({ ...body }),
    teamId: user.team_id ?? team?.id ?? '',
    userId: user.id,
    channelId: channel.id,
    threadTs: message.thread_ts ?? message.ts,
    messageTs: message.ts,
    actionId: action.action_id,
    value: action.selected_option?.value ?? action.value ?? '',
    triggerId,
    at: Number(action.action_ts) * 1000,
  };
}
