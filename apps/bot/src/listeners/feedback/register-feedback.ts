import { FEEDBACK_ACTION, FEEDBACK_MODAL, readSubmission } from '@jamie/slack';
import type { App, BlockAction } from '@slack/bolt';
import { ticketOf } from '../../inbox/delivery-ticket.ts';
import type { ListenerContext } from '../listener-context.ts';
import { onFeedbackClick } from './on-feedback-click.ts';
import { onFeedbackSubmission } from './on-feedback-submission.ts';

/** As thumbs of Slack's own, or as one of two plain buttons. */
const ACTION_IDS = [FEEDBACK_ACTION, `${FEEDBACK_ACTION}.helpful`, `${FEEDBACK_ACTION}.not_helpful`] as const;

/** What people think of an answer: the buttons below it, and the modal that asks what was wrong. */
export function registerFeedback(app: App, context: ListenerContext): void {
  for (const actionId of ACTION_IDS) {
    app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, ({ body, context: given }) =>
      onFeedbackClick(context, body, ticketOf(given)),
    );
  }
  app.view({ type: 'view_submission', callback_id: FEEDBACK_MODAL }, async ({ body, context: given }) => {
    const submission = readSubmission({ ...body });
    if (submission !== undefined) await onFeedbackSubmission(context, submission, ticketOf(given));
  });
}
