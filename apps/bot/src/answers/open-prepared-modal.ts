import { isOpsError } from '@jamie/core';
import { renderLoadingModal, renderMessageModal, slackErrorWord, translateSlackError } from '@jamie/slack';
import type { SlackClient } from '../people/identify-person.ts';

/** Every modal of ours is rendered like this one. */
export type ModalView = ReturnType<typeof renderMessageModal>;

export interface PreparedModal {
  readonly triggerId: string;
  /** What stands above it while it is made ready. */
  readonly title: string;
  /** Makes it ready; may take longer than Slack would wait. What fails is said in the modal. */
  prepare(): Promise<ModalView>;
}

/** Three seconds have passed since the click, or a restart has; or the click has opened one already that nobody fills. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
]);
/** The person has closed it meanwhile. */
const CLOSED: ReadonlySet<string> = new Set(['not_found', 'view_not_found']);

/**
 * Opens a modal at once and fills it when it is ready. `too_late`: Slack opens none any more for this click. Fails like
 * every Slack call.
 */
export async function openPreparedModal(
  client: SlackClient,
  { triggerId, title, prepare }: PreparedModal,
): Promise<'opened' | 'too_late'> {
  const viewId = await openLoading(client, triggerId, title);
  if (viewId === undefined) return 'too_late';
  await updateModal(client, viewId, await prepareOrExplain(title, prepare));
  return 'opened';
}

/** Shows something else in a modal that is open. One that was closed meanwhile is no failure. */
export async function updateModal(
  client: SlackClient,
  viewId: string,
  view: ModalView,
  hash?: string,
): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view, ...(hash === undefined ? {} : { hash }) });
  } catch (error) {
    if (CLOSED.has(slackErrorWord(error) ?? '')) return;
    throw translateSlackError(error, 'views.update');
  }
}

async function openLoading(
  client: SlackClient,
  triggerId: string,
  title: string,
): Promise<string | undefined> {
  if (triggerId === '') return undefined;
  try {
    const { view } = await client.views.open({ trigger_id: triggerId, view: renderLoadingModal(title) });
    return view?.id;
  } catch (error) {
    if (TOO_LATE.has(slackErrorWord(error) ?? '')) return undefined;
    throw translateSlackError(error, 'views.open');
  }
}

async function prepareOrExplain(title: string, prepare: PreparedModal['prepare']): Promise<ModalView> {
  try {
    return await prepare();
  } catch (error) {
    if (!isOpsError(error)) throw error;
    const why = error.userMessage ?? 'What I need for this form does not answer.';
    return renderMessageModal(title, `${why} Close this and click again in a minute.`);
  }
}
