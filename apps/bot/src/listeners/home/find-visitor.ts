import type { SlackPerson } from '@jamie/core';
import { renderStrangerHome } from '@jamie/slack';
import type { ListenerContext } from '../listener-context.ts';
import { type HomeVisitor, publishHome } from './home-tabs.ts';

/**
 * Who is at their Home tab; undefined when nobody knows them. Their page says then who can let them in, and nothing was
 * asked of any cluster.
 */
export async function findVisitor(
  context: ListenerContext,
  workspaceId: string,
  person: SlackPerson,
): Promise<HomeVisitor | undefined> {
  const workspace = await context.workspaces.find(workspaceId);
  const verdict = await context.people.identify(person, workspace);
  if (verdict.kind === 'known') return { workspace, person, principal: verdict.principal };
  await publishHome(workspace, person.userId, renderStrangerHome(verdict.message));
  return undefined;
}
