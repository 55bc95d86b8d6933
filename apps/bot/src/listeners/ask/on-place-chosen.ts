import {
  ASK_FIELDS,
  type AskState,
  deliveryTeamOf,
  type ModalSubmission,
  parseAskState,
  readModalState,
  renderAskModal,
} from '@jamie/slack';
import type { BlockAction } from '@slack/bolt';
import { z } from 'zod';
import { updateModal } from '../../answers/open-prepared-modal.ts';
import type { ListenerContext } from '../listener-context.ts';
import { resolveOption } from './resolve-option.ts';

const schema = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });
const LISTED_CLUSTERS = 1_000;

/**
 * Somebody chose a cluster or a namespace in the form: from now on the fields that depend on it search there. Slack does
 * not say what is chosen when it asks for options, so that the form carries it along.
 */
export async function onPlaceChosen(context: ListenerContext, body: BlockAction): Promise<void> {
  const payload = { ...body };
  const state = readModalState(payload);
  const { data } = schema.safeParse(payload);
  if (state === undefined || data === undefined) return;
  const workspace = await context.workspaces.find(deliveryTeamOf(payload));
  const verdict = await context.people.identify(state, workspace);
  if (verdict.kind === 'refused') return;
  const { principal } = verdict;
  const chosen = await readChosen(context, principal, state);
  const query = { principal, query: '', limit: LISTED_CLUSTERS };
  const clusters = await context.desk.suggest({ ...query, what: 'cluster' });
  const about = state.values[ASK_FIELDS.about];
  const view = renderAskModal({
    state: chosen,
    clusters: clusters.map(({ value }) => value),
    ...(state.blockIds[ASK_FIELDS.about] === undefined ? {} : { about: about ?? ' – ' }),
  });
  await updateModal(workspace.client, data.view.id, view);
}

async function readChosen(
  context: ListenerContext,
  principal: Parameters<typeof resolveOption>[1],
  { values, metadata }: ModalSubmission,
): Promise<AskState> {
  const before = parseAskState(metadata);
  const cluster = await resolveOption(context, principal, values[ASK_FIELDS.cluster], { what: 'cluster' });
  const place = { what: 'namespace', ...(cluster !== undefined && { cluster }) } as const;
  // A namespace of one cluster is none of another.
  const isSame = cluster === before.cluster;
  const namespace = isSame
    ? await resolveOption(context, principal, values[ASK_FIELDS.namespace], place)
    : undefined;
  return {
    origin: before.origin,
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && { namespace }),
  };
}
