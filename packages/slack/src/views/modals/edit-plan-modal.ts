import type { EditableField, PlanEditForm } from '@jamie/core';
import type { InputBlock, ModalView } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { contextLine, sections } from '../content.ts';
import { bold } from '../mrkdwn.ts';
import { numberField, plainText, textField } from './modal-blocks.ts';
import type { FieldErrors, ModalSubmission } from './modal-submission.ts';
import {
  formatPlanModalState,
  type ModalPlace,
  type NumberBounds,
  parsePlanModalState,
} from './plan-modal-state.ts';

/** The callback id of the modal with which somebody changes the parameters of a plan. */
export const EDIT_PLAN_MODAL = 'plan.edit';

/** More fields than any operation has. */
const MAXIMUM_FIELDS = 20;
const DIGITS = /^\d{1,9}$/;

/** The modal with which somebody changes the parameters of a plan. Its fields are named as in the form. Pure. */
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
      bounds: Object.fromEntries(fields.flatMap(boundsOf)),
    }),
    blocks: [
      ...sections(bold(form.headline)),
      ...fields.map(toField),
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

function toField(field: EditableField): InputBlock {
  const { name, label, hint, value } = field;
  const named = { field: name, label, hint };
  return field.kind === 'text'
    ? textField(named, { initial: value, maximum: field.maximumLength, isLine: true })
    : numberField(named, { initial: value, minimum: field.minimum, maximum: field.maximum });
}

/** What a text may say is judged where the plan is made: the form knows no grammar of images. */
function boundsOf(field: EditableField): readonly (readonly [string, NumberBounds])[] {
  if (field.kind === 'text') return [];
  return [[field.name, { minimum: field.minimum, maximum: field.maximum }]];
}

function isWithin(text: string | undefined, { minimum, maximum }: NumberBounds): boolean {
  return text !== undefined && DIGITS.test(text) && Number(text) >= minimum && Number(text) <= maximum;
}
