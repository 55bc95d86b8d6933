import type { SlackPayload } from '../../receiver/delivery-keys.ts';
import { ASK_MODAL } from './ask-modal.ts';
import { EDIT_PLAN_MODAL, validateEditPlan } from './edit-plan-modal.ts';
import { type FieldErrors, type ModalSubmission, readSubmission } from './modal-submission.ts';
import { validateAsk } from './read-ask.ts';

type Validator = (submission: ModalSubmission) => FieldErrors;

/** By callback id. A modal that is not listed takes everything. */
const VALIDATORS: ReadonlyMap<string, Validator> = new Map<string, Validator>([
  [ASK_MODAL, validateAsk],
  [EDIT_PLAN_MODAL, validateEditPlan],
]);

/**
 * Looks at what somebody hands in with a modal before it is taken: what is to be corrected, by block id, and nothing
 * when all is well. Pure, so that it can run where the acknowledgement is made.
 */
export function validateSubmission(payload: SlackPayload): Readonly<Record<string, string>> {
  const submission = readSubmission(payload);
  if (submission === undefined) return {};
  const errors = VALIDATORS.get(submission.callbackId)?.(submission) ?? {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => [submission.blockIds[field] ?? field, message]),
  );
}
