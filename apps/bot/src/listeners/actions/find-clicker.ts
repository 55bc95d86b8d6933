import type { Principal } from '@jamie/core';
import { type PrivateRecipient, tellPrivately } from '../../answers/tell-privately.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { Click } from './read-click.ts';

/** Somebody whom we know, and where to tell them what only they should read. */
export interface Clicker {
  readonly principal: Principal;
  readonly recipient: PrivateRecipient;
}

/** Who clicked; undefined when nobody knows them, and then they have been told. */
export async function findClicker(context: ListenerContext, click: Click): Promise<Clicker | undefined> {
  const { teamId, userId, channelId, threadTs } = click;
  const recipient: PrivateRecipient = { channelId, threadTs, userId };
  const verdict = await context.people.identify({ teamId, userId });
  if (verdict.kind === 'known') return { principal: verdict.principal, recipient };
  await tellPrivately(context.client, recipient, verdict.message);
  return undefined;
}
