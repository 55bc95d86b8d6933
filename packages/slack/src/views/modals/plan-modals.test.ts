import type { MessageId, PlanEditForm, PlanId } from '@jamie/core';
import { validateView } from '@jamie/testing';
import { arbitraryPlanCard, arbitraryText } from '@jamie/testing/arbitraries';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderDenyPlanModal } from './deny-plan-modal.ts';
import { EDIT_PLAN_MODAL, renderEditPlanModal, validateEditPlan } from './edit-plan-modal.ts';
import { parseFeedbackModalState, parseFeedbackProblem, renderFeedbackModal } from './feedback-modal.ts';
import type { ModalSubmission } from './modal-submission.ts';
import { parsePlanModalState } from './plan-modal-state.ts';
import { validateSubmission } from './validate-submission.ts';

const PLACE = { channelId: 'C1', threadTs: '1700000000.000100' };
const FORM: PlanEditForm = {
  planId: 'p-4k7d2m9q' as PlanId,
  planHash: 'a'.repeat(64),
  headline: 'Scale Deployment checkout 3 → 5 in shop on demo',
  cluster: 'demo',
  fields: [
    {
      name: 'replicas',
      label: 'Replicas',
      kind: 'whole_number',
      value: '5',
      minimum: 0,
      maximum: 10_000,
      hint: 'A whole number from 0 to 10,000.',
    },
  ],
};

function submitted(replicas: string | undefined, metadata?: string): ModalSubmission {
  return {
    workspaceId: 'T1',
    teamId: 'T1',
    userId: 'U1',
    callbackId: EDIT_PLAN_MODAL,
    metadata: metadata ?? renderEditPlanModal(FORM, PLACE).private_metadata ?? '',
    values: replicas === undefined ? {} : { replicas },
    blockIds: { replicas: 'replicas' },
  };
}

describe('the form to edit a plan', () => {
  it('is one that Slack takes, and carries its plan along, whatever the plan is called', () => {
    fc.assert(
      fc.property(arbitraryText, arbitraryText, (headline, hint) => {
        const fields = FORM.fields.map((field) => ({ ...field, hint, label: headline }));
        const view = renderEditPlanModal({ ...FORM, headline, fields }, PLACE);
        expect(validateView(view)).toEqual([]);
        expect(JSON.stringify(view)).not.toMatch(/<!|<@/u);
        expect(parsePlanModalState(view.private_metadata ?? '')).toMatchObject({
          planId: FORM.planId,
          planHash: FORM.planHash,
          place: PLACE,
        });
      }),
      { numRuns: 40 },
    );
  });

  it('shows an empty field where the plan names no number', () => {
    const fields = FORM.fields.map((field) => ({ ...field, value: '' }));
    const view = renderEditPlanModal({ ...FORM, fields });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('initial_value');
  });

  it.each([['0'], ['7'], ['10000']])('takes %s', (text) => {
    expect(validateEditPlan(submitted(text))).toEqual({});
  });

  it.each([[undefined], ['10001'], ['-1'], ['2.5'], ['1e3'], ['five'], ['5 -n kube-system'], ['٥']])(
    'says at the field what is to be corrected about %s',
    (text) => {
      expect(validateEditPlan(submitted(text))).toEqual({
        replicas: 'Type a whole number from 0 to 10000.',
      });
    },
  );

  it('is checked before it is taken, by the callback id that it carries', () => {
    const view = renderEditPlanModal(FORM, PLACE);
    const payload = {
      type: 'view_submission',
      user: { id: 'U1', team_id: 'T1' },
      team: { id: 'T1' },
      view: { ...view, state: { values: { replicas: { replicas: { type: 'number_input', value: '-3' } } } } },
    };
    expect(Object.keys(validateSubmission(payload))).toEqual(['replicas']);
  });
});

describe('the form to deny a plan', () => {
  it('is one that Slack takes and that needs no reason, whatever the plan is called', () => {
    fc.assert(
      fc.property(arbitraryPlanCard, (card) => {
        const view = renderDenyPlanModal(card, PLACE);
        expect(validateView(view)).toEqual([]);
        expect(JSON.stringify(view)).toContain('"optional":true');
      }),
      { numRuns: 40 },
    );
  });
});

describe('what a form carries along', () => {
  it.each([
    [''],
    ['not json'],
    ['{}'],
    ['{"planId":"p-4k7d2m9q"}'],
    ['{"planId":"../etc","planHash":"a"}'],
    ['{"planId":"p-4k7d2m9q","planHash":"a","place":{"channelId":1}}'],
  ])('means nothing when it is %s', (metadata) => {
    expect(parsePlanModalState(metadata)).toBeUndefined();
  });
});

describe('the form that asks what was wrong', () => {
  const state = { messageId: 'm_r_0123456789abcdef01234567_answer' as MessageId, place: PLACE };

  it('is one that Slack takes, and carries its answer along', () => {
    const view = renderFeedbackModal(state);
    expect(validateView(view)).toEqual([]);
    expect(parseFeedbackModalState(view.private_metadata ?? '')).toEqual(state);
    expect(parseFeedbackModalState('{"messageId":1}')).toBeUndefined();
  });

  it('offers the problems that we count, and no other counts', () => {
    const offered = JSON.stringify(renderFeedbackModal(state)).match(/"value":"(\w+)"/gu) ?? [];
    expect(offered).toHaveLength(6);
    for (const each of offered) expect(parseFeedbackProblem(each.split('"')[3])).toBeDefined();
    expect(parseFeedbackProblem('rubbish')).toBeUndefined();
    expect(parseFeedbackProblem(undefined)).toBeUndefined();
  });
});
