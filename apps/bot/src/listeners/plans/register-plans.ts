import { DENY_PLAN_MODAL, EDIT_PLAN_MODAL, PLAN_ACTIONS, readSubmission } from '@jamie/slack';
import type { App, BlockAction } from '@slack/bolt';
import { ticketOf } from '../../inbox/delivery-ticket.ts';
import { onApproveClick } from '../actions/on-vote.ts';
import type { ListenerContext } from '../listener-context.ts';
import { onDenyClick } from './on-deny-click.ts';
import { onEditClick } from './on-edit-click.ts';
import { onDenySubmission, onEditSubmission } from './on-plan-submission.ts';

/** The buttons of a plan card that decide about the plan, and the modals that they open. */
export function registerPlans(app: App, context: ListenerContext): void {
  const { approve, edit, deny } = PLAN_ACTIONS;
  app.action<BlockAction>({ type: 'block_actions', action_id: approve }, ({ body, context: given }) =>
    onApproveClick(context, body, ticketOf(given)),
  );
  app.action<BlockAction>({ type: 'block_actions', action_id: deny }, ({ body, context: given }) =>
    onDenyClick(context, body, ticketOf(given)),
  );
  app.action<BlockAction>({ type: 'block_actions', action_id: edit }, ({ body, context: given }) => {
    ticketOf(given);
    return onEditClick(context, body);
  });
  for (const [callbackId, handle] of [
    [DENY_PLAN_MODAL, onDenySubmission],
    [EDIT_PLAN_MODAL, onEditSubmission],
  ] as const) {
    app.view({ type: 'view_submission', callback_id: callbackId }, async ({ body, context: given }) => {
      const submission = readSubmission({ ...body });
      if (submission !== undefined) await handle(context, submission, ticketOf(given));
    });
  }
}
