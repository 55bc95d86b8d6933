import type { SuggestionQuery } from '@jamie/core';
import {
  ASK_FIELDS,
  CHOICE_ACTION,
  deliveryTeamOf,
  NO_OPTIONS,
  PREFERENCES_FIELDS,
  parseAskState,
  parseChoiceBlock,
  parsePreferencesState,
  renderSuggestions,
  type SlackPayload,
  searchChoice,
} from '@jamie/slack';
import { z } from 'zod';
import type { ListenerContext } from './listener-context.ts';

const schema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().default(''),
  view: z.object({ private_metadata: z.string().default('') }).optional(),
});

type Typed = z.infer<typeof schema>;

const MAX_OPTIONS = 100;

/**
 * The options of a select for what somebody types, with their rights. Nothing for people whom we do not know. Fails like
 * the desk, and like every Slack call.
 */
export async function suggestOptions(context: ListenerContext, payload: SlackPayload): Promise<SlackPayload> {
  const { data: typed } = schema.safeParse(payload);
  if (typed === undefined) return NO_OPTIONS;
  const workspace = await context.workspaces.find(deliveryTeamOf(payload));
  const teamId = typed.user.team_id ?? typed.team?.id ?? '';
  const verdict = await context.people.identify({ teamId, userId: typed.user.id }, workspace);
  if (verdict.kind === 'refused') return NO_OPTIONS;
  if (typed.action_id === CHOICE_ACTION) return searchStoredChoice(context, typed);
  const wanted = wantedBy(typed);
  if (wanted === undefined) return NO_OPTIONS;
  const query = { ...wanted, principal: verdict.principal, query: typed.value, limit: MAX_OPTIONS };
  return renderSuggestions(await context.desk.suggest(query));
}

/** What a field searches, and where; undefined for a field that is none of ours. */
function wantedBy({
  action_id: actionId,
  view,
}: Typed): Pick<SuggestionQuery, 'what' | 'cluster' | 'namespace'> | undefined {
  const metadata = view?.private_metadata ?? '';
  const { origin: _origin, ...place } = parseAskState(metadata);
  const { namespace: _namespace, ...onCluster } = place;
  switch (actionId) {
    case ASK_FIELDS.cluster:
    case PREFERENCES_FIELDS.cluster:
      return { what: 'cluster' };
    case ASK_FIELDS.namespace:
      return { what: 'namespace', ...onCluster };
    case ASK_FIELDS.workload:
      return { what: 'workload', ...place };
    case PREFERENCES_FIELDS.namespace:
      return { what: 'namespace', ...parsePreferencesState(metadata) };
    default:
      return undefined;
  }
}

/** The options of a choice that a message of ours offers. */
async function searchStoredChoice({ desk }: ListenerContext, typed: Typed): Promise<SlackPayload> {
  const messageId = parseChoiceBlock(typed.block_id);
  const body = messageId === undefined ? undefined : (await desk.findShown(messageId))?.message.body;
  const choice = body?.kind === 'reply' ? body.reply.choice : undefined;
  if (messageId === undefined || choice === undefined) return NO_OPTIONS;
  return searchChoice(choice, messageId, typed.value);
}
