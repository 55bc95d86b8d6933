import type { PlanCard } from '@jamie/core';
import type { ModalView } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { sections } from '../content.ts';
import { bold } from '../mrkdwn.ts';
import { plainText, textField } from './modal-blocks.ts';
import { formatPlanModalState, type ModalPlace } from './plan-modal-state.ts';

/** The callback id of the modal with which somebody denies a plan. */
export const DENY_PLAN_MODAL = 'plan.deny';

/** Its one field: the block id, and the id of what stands in it. */
export const DENY_REASON_FIELD = 'reason';

/** As on the page: a reason is a sentence or two. */
const REASON_CHARACTERS = 500;

/** The modal with which somebody denies a plan; a reason is welcome and not needed. Pure. */
export function renderDenyPlanModal(
  { planId, planHash, headline }: Pick<PlanCard, 'planId' | 'planHash' | 'headline'>,
  place?: ModalPlace,
): ModalView {
  return {
    type: 'modal',
    callback_id: DENY_PLAN_MODAL,
    title: plainText('Deny the plan', SLACK_LIMITS.modalTitle),
    submit: plainText('Deny', SLACK_LIMITS.modalTitle),
    close: plainText('Go Back', SLACK_LIMITS.modalTitle),
    private_metadata: formatPlanModalState({ planId, planHash, ...(place !== undefined && { place }) }),
    blocks: [
      ...sections(bold(headline)),
      textField(
        {
          field: DENY_REASON_FIELD,
          label: 'Why?',
          hint: 'Whoever asked for it will read this. You may leave it empty.',
          isOptional: true,
        },
        { maximum: REASON_CHARACTERS },
      ),
    ],
  };
}
