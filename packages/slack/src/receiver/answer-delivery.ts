import { validateSubmission } from '../views/modals/validate-submission.ts';
import type { SlackPayload } from './delivery-keys.ts';
import type { ReceiverAnswer } from './receiver.ts';

/** What a select with search shows when nothing fits. */
export const NO_OPTIONS: SlackPayload = { options: [] };

/**
 * The content of an acknowledgement where Slack waits for one: the fields of a modal that need correcting, and the
 * options of a select for what was typed. Neither is stored. Undefined for everything else. `suggest` never fails.
 */
export async function answerDelivery(
  payload: SlackPayload,
  suggest: (payload: SlackPayload) => Promise<SlackPayload>,
): Promise<ReceiverAnswer | undefined> {
  switch (payload['type']) {
    case 'view_submission': {
      const errors = validateSubmission(payload);
      if (Object.keys(errors).length === 0) return undefined;
      return { isStored: false, body: { response_action: 'errors', errors } };
    }
    case 'block_suggestion':
      return { isStored: false, body: await suggest(payload) };
    default:
      return undefined;
  }
}
