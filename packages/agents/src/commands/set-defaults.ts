import type { ClusterConnection, Defaults, ReplyOption, StoreChange } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { closestWord } from '../grammar/closest-word.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import { EVERY_NAMESPACE } from '../grammar/parameters.ts';
import { checkNamespace } from './check-namespace.ts';
import type { CommandRequest } from './command-request.ts';
import { describeNamespaces, readDefaults } from './defaults-in-force.ts';
import { answer, asking, type Outcome, refusal } from './outcome.ts';

type Use = IntentOf<'use'>;

/** Whose defaults are set, and what they are so far. */
export interface DefaultsScope {
  readonly scope: string;
  readonly before: Defaults | undefined;
}

/**
 * Stores where the person or the channel looks from now on. What is not named stays as it was, save for a namespace
 * that the cluster named does not have. Refused, with the near miss, unless the cluster is known and the namespace
 * exists there for this person.
 */
export async function setDefaults(
  context: AgentsContext,
  asked: CommandRequest,
  intent: Use,
  { scope, before }: DefaultsScope,
): Promise<Outcome> {
  const { place } = intent;
  const cluster = place.cluster ?? before?.cluster;
  const known = context.clusters.list().map(({ name }) => name);
  if (cluster !== undefined && !known.includes(cluster)) return unknownCluster(cluster, known, intent);
  const checkedOn = cluster ?? (await readDefaults(context, asked)).cluster?.name;
  if (checkedOn === undefined) return refusal('No cluster is connected yet. Type doctor for the next step.');
  const found = await findNamespace(context.clusters.connect(checkedOn), asked, intent, before);
  if (found.kind === 'refused') return found.outcome;
  const { namespace, dropped } = found;
  const chosen = {
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && { namespace }),
  };
  const forgotten = `${dropped} is not on ${checkedOn}, so it is no longer a default.`;
  return {
    ...answer(
      headlineOf(intent, chosen),
      dropped === undefined ? [] : [{ kind: 'text', lines: [forgotten] }],
    ),
    changes: defaultsChanges(context, asked, { scope, before }, chosen),
    // The conversation goes on where it was told to look, not on the cluster that it spoke of before.
    ...(place.cluster !== undefined && { cluster: place.cluster }),
  };
}

type Chosen = Pick<Defaults, 'cluster' | 'namespace'>;

/** The changes that store new defaults of a scope; none chosen: that forget them. */
export function defaultsChanges(
  context: AgentsContext,
  { request }: CommandRequest,
  { scope, before }: DefaultsScope,
  chosen: Chosen,
): readonly StoreChange[] {
  const expectedVersion = before?.version ?? 0;
  return [
    {
      kind: 'defaults.put',
      defaults: { scope, ...chosen, version: expectedVersion + 1 },
      expectedVersion,
    },
    {
      kind: 'audit.append',
      entry: {
        at: context.clock.now(),
        kind: 'defaults.set',
        actor: request.principal.id,
        correlationId: request.correlationId,
        details: { scope, ...chosen },
      },
    },
  ];
}

function headlineOf(intent: Use, { cluster, namespace }: Chosen): string {
  const where = describeNamespaces(namespace);
  const of = cluster === undefined ? '' : ` of ${cluster}`;
  return intent.for === 'me'
    ? `From now on I look ${where}${of} for you, unless you name another.`
    : `In this channel I now look ${where}${of}, unless somebody names another.`;
}

type FoundNamespace =
  | { readonly kind: 'found'; readonly namespace?: string; readonly dropped?: string }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

/** The namespace that goes with the new defaults: the one named, else the former one where it exists there too. */
async function findNamespace(
  connection: ClusterConnection,
  { request }: CommandRequest,
  intent: Use,
  before: Defaults | undefined,
): Promise<FoundNamespace> {
  const namespace = intent.place.namespace ?? before?.namespace;
  if (namespace === undefined) return { kind: 'found' };
  if (namespace === EVERY_NAMESPACE) return { kind: 'found', namespace };
  const check = await checkNamespace(connection, request.principal, namespace);
  if (check.kind === 'exists') return { kind: 'found', namespace };
  if (intent.place.namespace === undefined) return { kind: 'found', dropped: namespace };
  const { nearMiss } = check;
  const options = nearMiss === undefined ? [] : [optionOf(intent, { ...intent.place, namespace: nearMiss })];
  return { kind: 'refused', outcome: asking(check.message, 'Did you mean this?', options) };
}

function unknownCluster(cluster: string, known: readonly string[], intent: Use): Outcome {
  const near = closestWord(cluster, known);
  const headline = `I know no cluster ${cluster}. I know ${known.length === 0 ? 'none' : known.join(', ')}.`;
  const options = near === undefined ? [] : [optionOf(intent, { ...intent.place, cluster: near })];
  return asking(headline, 'Did you mean this?', options);
}

function optionOf(intent: Use, place: Use['place']): ReplyOption {
  const command = formatIntent({ ...intent, place });
  return { label: command, command };
}
