import { HOME_ACTIONS, HOME_COMMAND_ACTION } from '@jamie/slack';
import type { App, BlockAction } from '@slack/bolt';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import { createRecentClicks } from '../actions/recent-clicks.ts';
import { openAsk } from '../ask/open-ask.ts';
import type { ListenerContext } from '../listener-context.ts';
import { openPreferences } from '../preferences/open-preferences.ts';
import { findVisitor } from './find-visitor.ts';
import { type HomeClick, onHomeCommand, onHomeVote } from './on-home-click.ts';
import { onHomeOpened } from './on-home-opened.ts';
import { readViewClick } from './read-view-click.ts';

/** The Home tab, its buttons, and the tab in which people talk with us. */
export function registerHome(app: App, context: ListenerContext): void {
  const clicks = createRecentClicks();
  app.event('app_home_opened', async ({ event, body, context: given }) => {
    ticketOf(given);
    await onHomeOpened(context, event, body);
  });
  // Where somebody looks is no question, and no permission to read along: it is taken note of by nobody.
  app.event('app_context_changed', async ({ context: given }) => {
    ticketOf(given);
  });
  on(HOME_ACTIONS.refresh, async ({ visitor }) => context.homes.open(visitor));
  on(HOME_ACTIONS.ask, ({ click, visitor: { workspace, person } }) =>
    openAsk(context, workspace, { person, triggerId: click.triggerId, origin: { kind: 'direct' } }),
  );
  on(HOME_ACTIONS.preferences, ({ click, visitor }) => openPreferences(context, visitor, click.triggerId));
  on(HOME_ACTIONS.approve, (click, ticket) => onHomeVote(context, click, ticket));
  on(HOME_ACTIONS.deny, (click, ticket) => onHomeVote(context, click, ticket));
  // Slack itself opens the address.
  on(HOME_ACTIONS.open, async () => undefined);
  on(new RegExp(`^${HOME_COMMAND_ACTION.replace('.', '\\.')}\\.\\d+$`, 'u'), (click, ticket) =>
    onHomeCommand(context, clicks, click, ticket),
  );

  function on(
    actionId: string | RegExp,
    handle: (click: HomeClick, ticket: DeliveryTicket) => Promise<void>,
  ): void {
    app.action<BlockAction>(
      { type: 'block_actions', action_id: actionId },
      async ({ body, context: given }) => {
        const ticket = ticketOf(given);
        const click = readViewClick(body);
        if (click === undefined) return;
        const { teamId, userId, workspaceId } = click;
        const visitor = await findVisitor(context, workspaceId, { teamId, userId });
        if (visitor !== undefined) await handle({ click, visitor }, ticket);
      },
    );
  }
}
