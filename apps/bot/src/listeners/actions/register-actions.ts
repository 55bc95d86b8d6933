import { COMMAND_ACTION, PLAN_ACTIONS, parsePlanAction } from '@jamie/slack';
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { type PrivateRecipient, tellPrivately } from '../../answers/tell-privately.ts';
import { type DeliveryTicket, ticketOf } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';

const OLD_BUTTON =
  'That button belongs to an earlier version of this app and does nothing. Ask for a fresh plan.';

const COMMAND_ACTION_IDS = new RegExp(`^${COMMAND_ACTION.replace('.', '\\.')}\\.\\d+$`);

/** The buttons of a plan card (approve, deny, undo), and those of an answer that ask for a plan. */
export function registerActions(app: App, context: ListenerContext): void {
  app.action<BlockAction<ButtonAction>>(
    { type: 'block_actions', action_id: COMMAND_ACTION_IDS },
    ({ body, action, context: given }) => onClick(context, body, action, ticketOf(given)),
  );
  for (const actionId of Object.values(PLAN_ACTIONS)) {
    app.action<BlockAction<ButtonAction>>(
      { type: 'block_actions', action_id: actionId },
      ({ body, action, context: given }) => onClick(context, body, action, ticketOf(given)),
    );
  }
}

async function onClick(
  context: ListenerContext,
  body: BlockAction<ButtonAction>,
  action: ButtonAction,
  ticket: DeliveryTicket,
): Promise<void> {
  const us = await context.identity.read();
  const where = placeOf(body);
  if (where === undefined) return;
  const recipient: PrivateRecipient = { ...where, userId: body.user.id };
  const teamId = body.user.team_id ?? body.team?.id ?? '';
  const verdict = await context.people.identify({ teamId, userId: body.user.id });
  if (verdict.kind === 'refused') return tellPrivately(context.client, recipient, verdict.message);
  const command = commandOf(action);
  if (command !== undefined) {
    await context.desk.submit({
      idempotencyKey: ticket.id,
      inboxId: ticket.id,
      principal: verdict.principal,
      place: { surface: 'slack', teamId: us.teamId, ...where },
      form: 'command',
      text: command,
    });
    ticket.isHandedOver = true;
    return;
  }
  const clicked = parsePlanAction(action.value);
  if (clicked === undefined) return tellPrivately(context.client, recipient, OLD_BUTTON);
  const result = await context.desk.vote({
    ...clicked,
    principal: verdict.principal,
    decision: action.action_id === PLAN_ACTIONS.approve ? 'approve' : 'deny',
    inboxId: ticket.id,
  });
  // What was refused changed nothing, so there was no commit that could have finished the delivery.
  if (result.kind === 'refused') return tellPrivately(context.client, recipient, result.message);
  ticket.isHandedOver = true;
}

/** What a button asks for, as if it had been typed; undefined for a vote. */
function commandOf(action: ButtonAction): string | undefined {
  if (COMMAND_ACTION_IDS.test(action.action_id)) return action.value ?? 'help';
  if (action.action_id !== PLAN_ACTIONS.undo) return undefined;
  const clicked = parsePlanAction(action.value);
  return clicked === undefined ? undefined : `undo ${clicked.planId}`;
}

function placeOf(body: BlockAction): { readonly channelId: string; readonly threadTs: string } | undefined {
  const channelId = body.channel?.id;
  const message = body.message as { readonly ts?: string; readonly thread_ts?: string } | undefined;
  const threadTs = message?.thread_ts ?? message?.ts;
  return channelId === undefined || threadTs === undefined ? undefined : { channelId, threadTs };
}
