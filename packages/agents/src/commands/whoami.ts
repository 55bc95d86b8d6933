import type { AccessQuery, ClusterConnection, ConversationPlace, Principal, ReplySection } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { EVERY_NAMESPACE } from '../grammar/parameters.ts';
import type { CommandRequest } from './command-request.ts';
import {
  type DefaultsInForce,
  describeNamespaces,
  describeSource,
  readDefaults,
} from './defaults-in-force.ts';
import { answer, type Outcome } from './outcome.ts';

/** Who the person is to us and to Kubernetes, and what the cluster's authoriser lets them do. */
export async function whoami(
  context: AgentsContext,
  asked: CommandRequest,
  { place }: IntentOf<'whoami'>,
): Promise<Outcome> {
  const person = asked.request.principal;
  const inForce = await readDefaults(context, asked, place);
  const { cluster } = inForce;
  const headline = `You are ${person.displayName}; to Kubernetes you are ${person.kubernetes.user}.`;
  const identity: ReplySection = {
    kind: 'table',
    columns: ['What', 'Value'],
    rows: [
      ['User', person.kubernetes.user],
      ['Groups', person.kubernetes.groups.join(', ') || 'none'],
      ['Known to me as', `${person.id}, ${describeSurface(asked.conversation.place)}`],
      ['Cluster', cluster === undefined ? 'none is connected' : describeDefault(cluster)],
      ['Namespace', inForce.namespace === undefined ? 'all' : describeDefault(inForce.namespace)],
    ],
  };
  if (cluster === undefined) return answer(headline, [identity]);
  const connection = context.clusters.connect(cluster.name);
  return answer(headline, [identity, await rightsSection(connection, person, inForce)]);
}

function describeDefault({ name, from }: NonNullable<DefaultsInForce['cluster']>): string {
  return `${name === EVERY_NAMESPACE ? 'all' : name} (${describeSource(from)})`;
}

function describeSurface(place: ConversationPlace): string {
  return place.surface === 'slack' ? `from the Slack workspace ${place.teamId}` : 'at this machine';
}

const RIGHTS: readonly { readonly what: string; readonly query: (namespace?: string) => AccessQuery }[] = [
  { what: 'Read pods', query: (namespace) => ({ verb: 'list', target: targetIn('Pod', namespace) }) },
  {
    what: 'Read logs',
    query: (namespace) => ({ verb: 'get', target: targetIn('Pod', namespace), subresource: 'log' }),
  },
  {
    what: 'Change Deployments',
    query: (namespace) => ({ verb: 'patch', target: targetIn('Deployment', namespace) }),
  },
];

function targetIn(kind: 'Pod' | 'Deployment', namespace: string | undefined): AccessQuery['target'] {
  return { kind, name: '', ...(namespace !== undefined && { namespace }) };
}

async function rightsSection(
  connection: ClusterConnection,
  person: Principal,
  { namespace }: DefaultsInForce,
): Promise<ReplySection> {
  const named = namespace?.name === EVERY_NAMESPACE ? undefined : namespace?.name;
  const rows = await Promise.all(
    RIGHTS.map(async ({ what, query }) => [what, ...(await askAuthoriser(connection, person, query(named)))]),
  );
  return {
    kind: 'table',
    title: `What Kubernetes lets you do ${describeNamespaces(named)} of ${connection.info.name}`,
    columns: ['What', 'Allowed', 'Why'],
    rows,
  };
}

/** An authoriser that cannot be asked is said, and keeps nobody from learning who they are. */
async function askAuthoriser(
  connection: ClusterConnection,
  person: Principal,
  query: AccessQuery,
): Promise<readonly [allowed: string, why: string]> {
  try {
    const { allowed, reason } = await connection.reader.reviewAccess(person.kubernetes, query);
    return [allowed ? 'yes' : 'no', reason];
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return ['cannot tell', error.userMessage ?? error.message];
  }
}
