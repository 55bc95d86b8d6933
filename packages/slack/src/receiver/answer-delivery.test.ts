import { describe, expect, it } from '@jest/globals';
import { ASK_FIELDS, ASK_MODAL } from '../views/modals/ask-modal.ts';
import { answerDelivery } from './answer-delivery.ts';

const none = async () => ({});

function submission(values: Readonly<Record<string, string>>) {
  return {
    type: 'view_submission',
    user: { id: 'U1', team_id: 'T1' },
    view: {
      id: 'V1',
      hash: 'h',
      callback_id: ASK_MODAL,
      private_metadata: '',
      state: {
        values: Object.fromEntries(
          Object.entries(values).map(([blockId, value]) => [blockId, { any: { value } }]),
        ),
      },
    },
  };
}

describe('answerDelivery', () => {
  it('answers what is to be corrected at the very block where Slack shows it', async () => {
    const answer = await answerDelivery(
      submission({ [ASK_FIELDS.command]: 'logs', [`${ASK_FIELDS.workload}#1234`]: ' ' }),
      none,
    );
    expect(answer).toMatchObject({
      isStored: false,
      body: {
        response_action: 'errors',
        errors: { [`${ASK_FIELDS.workload}#1234`]: expect.stringContaining('needs a workload') },
      },
    });
  });

  it('lets a sound submission be stored and acknowledged with nothing', async () => {
    expect(await answerDelivery(submission({ [ASK_FIELDS.question]: 'why?' }), none)).toBeUndefined();
  });

  it('answers suggestions and stores none', async () => {
    const suggest = async () => ({ options: [1] });
    expect(await answerDelivery({ type: 'block_suggestion', user: { id: 'U1' } }, suggest)).toEqual({
      isStored: false,
      body: { options: [1] },
    });
  });

  it.each([
    [{ type: 'view_submission', user: { id: 'U1' } }],
    [{ type: 'view_submission', user: {}, view: { callback_id: 7 } }],
    [{ ...submission({}), view: { ...submission({}).view, callback_id: 'another' } }],
    [{ type: 'block_actions', user: { id: 'U1' } }],
  ])('answers nothing to %j', async (payload) => {
    expect(await answerDelivery(payload, none)).toBeUndefined();
  });
});
