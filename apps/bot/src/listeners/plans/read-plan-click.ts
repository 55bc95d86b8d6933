import { type PlanAction, parsePlanAction } from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { tellPrivately } from '../../answers/tell-privately.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import { type Clicker, findClicker } from '../actions/find-clicker.ts';
import { OLD_BUTTON } from '../actions/old-button.ts';
import { type Click, readClick } from '../actions/read-click.ts';
import type { ListenerContext } from '../listener-context.ts';

/** A click on a button of a plan card, by somebody whom we know. */
export interface PlanClick {
  readonly click: Click;
  readonly clicker: Clicker;
  readonly action: PlanAction;
}

/** Undefined when there is nothing to do; whoever clicked has been told why then. */
export async function readPlanClick(
  context: ListenerContext,
  body: BlockAction,
): Promise<PlanClick | undefined> {
  const click = readClick(body);
  if (click === undefined) return undefined;
  const clicker = await findClicker(context, click);
  if (clicker === undefined) return undefined;
  if (await context.channels.isShared(click.channelId, clicker.workspace)) {
    await tellPrivately(clicker.workspace.client, clicker.recipient, SHARED_CHANNEL_REFUSAL);
    return undefined;
  }
  const action = parsePlanAction(click.value);
  if (action !== undefined) return { click, clicker, action };
  await tellPrivately(clicker.workspace.client, clicker.recipient, OLD_BUTTON);
  return undefined;
}
