import { FEEDBACK_PROBLEMS, type FeedbackProblem, type MessageId } from '@jamie/core';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { SLACK_LIMITS } from '../../limits.ts';
import { plainText, selectField, textField } from './modal-blocks.ts';
import { type ModalPlace, modalPlaceSchema, parseMetadata } from './plan-modal-state.ts';

/** The callback id of the modal with which somebody says what was wrong with an answer. */
export const FEEDBACK_MODAL = 'feedback';

/** Its fields: ids of blocks, and of what stands in them. */
export const FEEDBACK_FIELDS = { problem: 'problem', comment: 'comment' } as const;

/** What the modal carries along while it is open. */
export interface FeedbackModalState {
  readonly messageId: MessageId;
  readonly place: ModalPlace;
}

const COMMENT_CHARACTERS = 1_000;

const LABELS: Readonly<Record<FeedbackProblem, string>> = {
  wrong: 'It is wrong',
  incomplete: 'Something is missing',
  unclear: 'It is hard to understand',
  too_long: 'It is too long',
  too_slow: 'It took too long',
  other: 'Something else',
};

const schema: z.ZodType<FeedbackModalState> = z.object({
  messageId: z.string().transform((text) => text as MessageId),
  place: modalPlaceSchema,
});

/** The modal with which somebody says what was wrong with an answer. Pure. */
export function renderFeedbackModal(state: FeedbackModalState): ModalView {
  return {
    type: 'modal',
    callback_id: FEEDBACK_MODAL,
    title: plainText('What was wrong?', SLACK_LIMITS.modalTitle),
    submit: plainText('Send', SLACK_LIMITS.modalTitle),
    close: plainText('Cancel', SLACK_LIMITS.modalTitle),
    private_metadata: JSON.stringify(state),
    blocks: [
      selectField(
        { field: FEEDBACK_FIELDS.problem, label: 'The answer' },
        FEEDBACK_PROBLEMS.map((value) => ({ value, label: LABELS[value] })),
      ),
      textField(
        {
          field: FEEDBACK_FIELDS.comment,
          label: 'What would have helped?',
          hint: 'Leave out passwords and tokens. You may leave it empty.',
          isOptional: true,
        },
        { maximum: COMMENT_CHARACTERS },
      ),
    ],
  };
}

/** From the modal's private metadata; undefined when it is none of ours. */
export function parseFeedbackModalState(metadata: string): FeedbackModalState | undefined {
  return parseMetadata(schema, metadata);
}

/** The problem that was chosen; undefined when it is none that we know. */
export function parseFeedbackProblem(value: string | undefined): FeedbackProblem | undefined {
  return FEEDBACK_PROBLEMS.find((each) => each === value);
}
