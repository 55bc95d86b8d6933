import type { PlanId } from '@jamie/core';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { Clicker } from '../actions/find-clicker.ts';
import type { ListenerContext } from '../listener-context.ts';

/** Tells somebody why a plan takes no decision of theirs, with where its newest card stands. */
export async function tellRefusal(
  { desk }: Pick<ListenerContext, 'desk'>,
  { workspace, recipient }: Clicker,
  planId: PlanId,
  message: string,
): Promise<void> {
  const url = await desk.findCardLink(planId);
  const link = url === undefined ? undefined : { url, label: 'Look at the card' };
  await tellPrivately(workspace.client, recipient, message, link);
}
