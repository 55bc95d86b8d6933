import { deliveryTeamOf } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { z } from 'zod';

/** What somebody did on their Home tab. */
export interface ViewClick {
  /** The workspace whose installation it came to. */
  readonly workspaceId: string;
  readonly teamId: string;
  readonly userId: string;
  readonly viewId: string;
  readonly actionId: string;
  /** Of the button; empty when there is none. */
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
  view: z.object({ id: z.string() }),
  actions: z
    .array(
      z.object({ action_id: z.string(), action_ts: z.string().optional(), value: z.string().optional() }),
    )
    .min(1),
});

/** Reads a click in a view; undefined where there is none. Pure. */
export function readViewClick(body: BlockAction): ViewClick | undefined {
  const { data } = schema.safeParse(body);
  const action = data?.actions[0];
  if (data === undefined || action === undefined) return undefined;
  return {
    workspaceId: deliveryTeamOf({ ...body }),
    teamId: data.user.team_id ?? data.team?.id ?? '',
    userId: data.user.id,
    viewId: data.view.id,
    actionId: action.action_id,
    value: action.value ?? '',
    triggerId: data.trigger_id,
    at: Number(action.action_ts) * 1000,
  };
}
