import { containerUsageRows, nodeUsageRows, podsWithin, podUsageRows } from '@jamie/analysis';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { EVERY_NAMESPACE } from '../grammar/parameters.ts';
import type { CommandRequest } from './command-request.ts';
import { type Look, lookAt } from './listing/look-at.ts';
import { type Outcome, refusal } from './outcome.ts';
import { explainNoPods } from './pods.ts';
import { mayRead } from './read-rights.ts';
import { nodeUsageReply } from './usage/node-usage-reply.ts';
import { podUsageReply } from './usage/pod-usage-reply.ts';
import { readUsage } from './usage/read-usage.ts';

type TopIntent = IntentOf<'top'>;

/** What pods or nodes use now, beside what they ask for and may have. Without a metrics API: the latter alone. */
export async function top(
  context: AgentsContext,
  asked: CommandRequest,
  intent: TopIntent,
): Promise<Outcome> {
  return intent.of === 'nodes' && intent.words.length === 0
    ? topNodes(context, asked, intent)
    : topPods(context, asked, intent);
}

async function topPods(context: AgentsContext, asked: CommandRequest, intent: TopIntent): Promise<Outcome> {
  const look = await lookAt(context, asked, intent, 'Pod');
  if (look.kind === 'not_found') return look.outcome;
  const { connection, snapshot, ref } = look;
  const found = podsWithin(snapshot, look.scope);
  if (found.kind === 'no_pods') return refusal(explainNoPods(found.reason, look));
  const usage = await readUsage(connection, asked.request.principal, 'pods', namespaceOf(look));
  const samples = usage.kind === 'measured' ? usage.samples : undefined;
  const [only] = ref?.kind === 'Pod' ? found.pods : [];
  const rows =
    only === undefined
      ? podUsageRows(found.pods, samples, intent.by)
      : containerUsageRows(only, samples, intent.by);
  const outcome = podUsageReply({
    look,
    intent,
    rows,
    noun: only === undefined ? 'pod' : 'container',
    usage: usage.kind === 'measured' ? { ...usage, samples: shownOf(usage.samples, found.pods) } : usage,
    now: context.clock.now(),
  });
  return { ...outcome, cluster: connection.info.name, ...(ref !== undefined && { focus: ref }) };
}

/** Where samples are read: only an object without a namespace, as a node is, takes those of the whole cluster. */
function namespaceOf({ scope }: Look): string | undefined {
  if (scope.kind === 'cluster') return undefined;
  return scope.kind === 'namespace' ? scope.namespace : scope.ref.namespace;
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

function shownOf<Sample extends Named>(
  samples: readonly Sample[],
  pods: readonly Named[],
): readonly Sample[] {
  const shown = new Set(pods.map(({ namespace, name }) => `${namespace}/${name}`));
  return samples.filter(({ namespace, name }) => shown.has(`${namespace}/${name}`));
}

/** Nodes belong to the whole cluster, wherever the person looks by default. */
async function topNodes(context: AgentsContext, asked: CommandRequest, intent: TopIntent): Promise<Outcome> {
  const everywhere = { ...intent, place: { ...intent.place, namespace: EVERY_NAMESPACE } };
  const look = await lookAt(context, asked, everywhere, 'Node');
  if (look.kind === 'not_found') return look.outcome;
  const { connection, snapshot } = look;
  const unread = snapshot.unread.find(({ kind }) => kind === 'Node');
  if (unread !== undefined)
    return refusal(`I cannot tell which nodes there are: I could not read them (${unread.message}).`);
  const person = asked.request.principal;
  const [usage, seesPods] = await Promise.all([
    readUsage(connection, person, 'nodes', undefined),
    mayRead(connection, person, undefined),
  ]);
  const pods = podsWithin(snapshot, { kind: 'cluster' });
  const rows = nodeUsageRows(
    snapshot.objects.Node,
    seesPods && pods.kind === 'pods' ? pods.pods : undefined,
    usage.kind === 'measured' ? usage.samples : undefined,
    intent.by,
  );
  const outcome = nodeUsageReply({ look, intent, usage, rows, now: context.clock.now() });
  return { ...outcome, cluster: connection.info.name };
}
