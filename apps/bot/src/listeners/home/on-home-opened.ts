import { deliveryTeamOf, renderLoadingHome } from '@jamie/slack';
import type { EnvelopedEvent, KnownEventFromType } from '@slack/bolt';
import type { ListenerContext } from '../listener-context.ts';
import { findVisitor } from './find-visitor.ts';
import { publishHome } from './home-tabs.ts';
import { offerPrompts } from './offer-prompts.ts';

/** Somebody opened the Home tab, or the tab in which they talk with us. */
export async function onHomeOpened(
  context: ListenerContext,
  event: KnownEventFromType<'app_home_opened'>,
  body: EnvelopedEvent,
): Promise<void> {
  const workspaceId = deliveryTeamOf({ ...body });
  const workspace = await context.workspaces.find(workspaceId);
  if (event.tab === 'messages') return offerPrompts(context, workspace, event);
  // The first time there is nothing on the page yet, and reading takes a moment.
  if (event.view === undefined) await publishHome(workspace, event.user, renderLoadingHome());
  const person = { teamId: personTeamOf(body) ?? workspace.teamId, userId: event.user };
  const visitor = await findVisitor(context, workspaceId, person);
  if (visitor !== undefined) await context.homes.open(visitor);
}

/** Only members of a workspace see the Home tab that an app has there. */
function personTeamOf(body: EnvelopedEvent): string | undefined {
  return body.team_id === '' ? undefined : body.team_id;
}
