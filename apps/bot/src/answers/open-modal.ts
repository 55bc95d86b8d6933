import { type renderDenyPlanModal, slackErrorWord, translateSlackError } from '@jamie/slack';
import type { SlackClient } from '../people/identify-person.ts';

/** Every modal of ours is rendered like this one. */
type ModalView = ReturnType<typeof renderDenyPlanModal>;

/** Three seconds have passed since the click, or a restart has. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'invalid_trigger_id',
]);
/** This click has opened it already: we were interrupted before we noted that. */
const OPENED_BEFORE: ReadonlySet<string> = new Set(['exchanged_trigger_id', 'trigger_exchanged']);

/**
 * Opens a modal for whoever clicked. `too_late`: Slack opens none any more for this click. Fails like every Slack call.
 */
export async function openModal(
  client: SlackClient,
  triggerId: string,
  view: ModalView,
): Promise<'opened' | 'too_late'> {
  if (triggerId === '') return 'too_late';
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return 'opened';
  } catch (error) {
    const word = slackErrorWord(error) ?? '';
    if (OPENED_BEFORE.has(word)) return 'opened';
    if (TOO_LATE.has(word)) return 'too_late';
    throw translateSlackError(error, 'views.open');
  }
}
