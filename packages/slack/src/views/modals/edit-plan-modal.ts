import type { EditableField, PlanEditForm } from '@jamie/core';
import type { ModalView } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { contextLine, sections } from '../content.ts';
import { bold } from '../mrkdwn.ts';
import { numberField, plainText } from './modal-blocks.ts';
import type { FieldErrors, ModalSubmission } from './modal-submission.ts';
import {
  formatPlanModalState,
  type ModalPlace,
  type NumberBounds,
  parsePlanModalState,
} from './plan-modal-state.ts';

/** The callback id of the modal with which somebody changes the numbers of a plan. */
export const EDIT_PLAN_MODAL = 'plan.edit';

/** More fields than any operation has. */
const MAXIMUM_FIELDS = 20;
const DIGITS = /^\d{1,9}$/;

/** The modal with which somebody changes the numbers of a plan. Its fields are named as in the form. Pure. */
export function renderEditPlanModal(form: PlanEditForm, place?: ModalPlace): ModalView {
  const fields = form.fields.slice(0, MAXIMUM_FIELDS);
  const { planId, planHash } = form;
  return {
    type: 'modal',
    callback_id: EDIT_PLAN_MODAL,
    title: plainText('Edit the plan', SLACK_LIMITS.modalTitle),
    submit: plainText('Make New Plan', SLACK_LIMITS.modalTitle),
    close: plainText('Cancel', SLACK_LIMITS.modalTitle),
    private_metadata: formatPlanModalState({
      planId,
      planHash,
      ...(place !== undefined && { place }),
      bounds: Object.fromEntries(fields.map(boundsOf)),
    }),
    blocks: [
      ...sections(bold(form.headline)),
      ...fields.map(({ name, label, hint, value, minimum, maximum }) =>
        numberField({ field: name, label, hint }, { initial: value, minimum, maximum }),
      ),
      ...contextLine(
        'This makes a new plan with its own preview and its own approvals. It takes the place of this one; nothing is changed before it is approved.',
      ),
    ],
  };
}

/** What has to be corrected in it. Pure. */
export function validateEditPlan({ metadata, values }: ModalSubmission): FieldErrors {
  const bounds = parsePlanModalState(metadata)?.bounds ?? {};
  const wrong = Object.entries(bounds).filter(([name, each]) => !isWithin(values[name], each));
  return Object.fromEntries(
    wrong.map(([name, { minimum, maximum }]) => [name, `Type a whole number from ${minimum} to ${maximum}.`]),
  );
}

function boundsOf({ name, minimum, maximum }: EditableField): readonly [string, NumberBounds] {
  return [name, { minimum, maximum }];
}

function isWithin(text: string | undefined, { minimum, maximum }: NumberBounds): boolean {
  return text !== undefined && DIGITS.test(text) && Number(text) >= minimum && Number(text) <= maximum;
}
