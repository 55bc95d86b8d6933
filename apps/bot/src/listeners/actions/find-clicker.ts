import type { Principal } from '@jamie/core';
import type { SlackWorkspace } from '@jamie/slack';
import { type PrivateRecipient, tellPrivately } from '../../answers/tell-privately.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { Click } from './read-click.ts';

/** Somebody whom we know, and where to tell them what only they should read. */
export interface Clicker {
  readonly principal: Principal;
  readonly workspace: SlackWorkspace;
  readonly recipient: PrivateRecipient;
}

/** Who clicked; undefined when nobody knows them, and then they have been told. */
export async function findClicker(context: ListenerContext, click: Click): Promise<Clicker | undefined> {
  const { teamId, userId, channelId, threadTs } = click;
  const recipient: PrivateRecipient = { channelId, threadTs, userId };
  const workspace = await context.workspaces.find(click.workspaceId);
  const verdict = await context.people.identify({ teamId, userId }, workspace);
  if (verdict.kind === 'known') return { principal: verdict.principal, workspace, recipient };
  await tellPrivately(workspace.client, recipient, verdict.message);
  return undefined;
}
