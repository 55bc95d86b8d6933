import type { ModalPlace, ModalSubmission } from '@jamie/slack';
import { tellPrivately } from '../answers/tell-privately.ts';
import type { Clicker } from './actions/find-clicker.ts';
import type { ListenerContext } from './listener-context.ts';

/**
 * Who handed in a modal, and where to tell them what only they should read: where they opened it. Undefined when nobody
 * knows them, and then they have been told.
 */
export async function findSubmitter(
  context: ListenerContext,
  { workspaceId, teamId, userId }: ModalSubmission,
  place: ModalPlace | undefined,
): Promise<Clicker | undefined> {
  const workspace = await context.workspaces.find(workspaceId);
  const recipient = { ...place, userId };
  const verdict = await context.people.identify({ teamId, userId }, workspace);
  if (verdict.kind === 'known') return { principal: verdict.principal, workspace, recipient };
  await tellPrivately(workspace.client, recipient, verdict.message);
  return undefined;
}
