import { CHOICE_ACTION, COMMAND_ACTION, FOLLOW_UP_ACTION, PLAN_ACTIONS } from '@jamie/slack';
import type { App, BlockAction } from '@slack/bolt';
import { ticketOf } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';
import { onCommandClick } from './on-command-click.ts';
import { createRecentClicks } from './recent-clicks.ts';

const COMMANDS = [
  PLAN_ACTIONS.undo,
  CHOICE_ACTION,
  numbered(COMMAND_ACTION),
  numbered(FOLLOW_UP_ACTION),
] as const;

/** Everything in a message that asks for something as if it had been typed. */
export function registerActions(app: App, context: ListenerContext): void {
  const clicks = createRecentClicks();
  for (const actionId of COMMANDS) {
    app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, ({ body, context: given }) =>
      onCommandClick(context, clicks, body, ticketOf(given)),
    );
  }
}

function numbered(actionId: string): RegExp {
  return new RegExp(`^${actionId.replace('.', '\\.')}\\.\\d+$`);
}
