import {
  FEEDBACK_FIELDS,
  type ModalSubmission,
  parseFeedbackModalState,
  parseFeedbackProblem,
} from '@jamie/slack';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { findSubmitter } from '../find-submitter.ts';
import type { ListenerContext } from '../listener-context.ts';
import { OLD_MODAL } from '../plans/other-version.ts';

/** Notes what somebody says was wrong with an answer. */
export async function onFeedbackSubmission(
  context: ListenerContext,
  submission: ModalSubmission,
  ticket: DeliveryTicket,
): Promise<void> {
  const state = parseFeedbackModalState(submission.metadata);
  const submitter = await findSubmitter(context, submission, state?.place);
  if (submitter === undefined) return;
  const { principal, workspace, recipient } = submitter;
  if (state === undefined) return tellPrivately(workspace.client, recipient, OLD_MODAL);
  const problem = parseFeedbackProblem(submission.values[FEEDBACK_FIELDS.problem]);
  const comment = submission.values[FEEDBACK_FIELDS.comment];
  const result = await context.desk.recordFeedback({
    messageId: state.messageId,
    principal,
    verdict: 'not_helpful',
    ...(problem !== undefined && { problem }),
    ...(comment !== undefined && { comment }),
    inboxId: ticket.id,
  });
  ticket.isHandedOver = result.kind !== 'unknown';
  await tellPrivately(workspace.client, recipient, result.message);
}
