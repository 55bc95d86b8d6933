import type { ClusterInfo, Conversation, ConversationPlace, Defaults, Principal } from '@jamie/core';
import { assertNever } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { EVERY_NAMESPACE, type Place } from '../grammar/parameters.ts';
import type { CommandRequest } from './command-request.ts';

/** Who or what said where to look. `first`: nobody did; it is the first cluster that we know. */
export type DefaultSource = 'request' | 'conversation' | 'person' | 'channel' | 'first';

export interface DefaultInForce {
  readonly name: string;
  readonly from: DefaultSource;
}

/** Where a request looks. Without a namespace: everywhere on the cluster. Without a cluster: none is known. */
export interface DefaultsInForce {
  readonly cluster?: DefaultInForce;
  readonly namespace?: DefaultInForce;
}

export interface DefaultsGiven {
  /** What the request itself names. */
  readonly place: Place;
  readonly conversation: Pick<Conversation, 'cluster'>;
  readonly person: Defaults | undefined;
  readonly channel: Defaults | undefined;
  readonly clusters: readonly ClusterInfo[];
}

/**
 * The cluster and the namespace in force: what the request names, then the cluster last spoken of, then the person's
 * defaults, then the channel's, then the first cluster. A default namespace that was set together with a cluster holds
 * on that cluster alone. A cluster that is known no more stays in force, so that nobody is led to another one unasked.
 * Pure.
 */
export function decideDefaults({
  place,
  conversation,
  person,
  channel,
  clusters,
}: DefaultsGiven): DefaultsInForce {
  const cluster = firstNamed([
    ['request', place.cluster],
    ['conversation', conversation.cluster],
    ['person', person?.cluster],
    ['channel', channel?.cluster],
    ['first', clusters[0]?.name],
  ]);
  const namespace = firstNamed([
    ['request', place.namespace],
    ['person', namespaceOn(cluster?.name, person)],
    ['channel', namespaceOn(cluster?.name, channel)],
  ]);
  return { ...(cluster && { cluster }), ...(namespace && { namespace }) };
}

function namespaceOn(cluster: string | undefined, defaults: Defaults | undefined): string | undefined {
  const isElsewhere = defaults?.cluster !== undefined && defaults.cluster !== cluster;
  return isElsewhere ? undefined : defaults?.namespace;
}

function firstNamed(
  candidates: readonly (readonly [DefaultSource, string | undefined])[],
): DefaultInForce | undefined {
  for (const [from, name] of candidates) if (name !== undefined) return { name, from };
  return undefined;
}

/** Where a request looks, from what is stored for the person and the channel. */
export async function readDefaults(
  context: AgentsContext,
  { request, conversation }: CommandRequest,
  place: Place = {},
): Promise<DefaultsInForce> {
  const [person, channel] = await Promise.all([
    context.store.findDefaults(personScope(request.principal)),
    context.store.findDefaults(channelScope(conversation.place)),
  ]);
  return decideDefaults({ place, conversation, person, channel, clusters: context.clusters.list() });
}

/** The scope of a person's own defaults. */
export function personScope(person: Principal): string {
  return `person:${person.id}`;
}

/** The scope of the defaults that everybody in a channel shares; the page and the terminal share one. */
export function channelScope(place: ConversationPlace): string {
  return place.surface === 'slack' ? `channel:${place.teamId}:${place.channelId}` : 'channel:local';
}

/** `in the namespace payments`, or `in every namespace`. */
export function describeNamespaces(namespace: string | undefined): string {
  const isEvery = namespace === undefined || namespace === EVERY_NAMESPACE;
  return isEvery ? 'in every namespace' : `in the namespace ${namespace}`;
}

/** Where a default comes from, in words. */
export function describeSource(from: DefaultSource): string {
  switch (from) {
    case 'request':
      return 'named just now';
    case 'conversation':
      return 'last spoken of here';
    case 'person':
      return 'your default';
    case 'channel':
      return 'the default of this channel';
    case 'first':
      return 'the first that I know';
    default:
      return assertNever(from);
  }
}
