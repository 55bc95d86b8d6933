import { countOf } from '@jamie/analysis';
import type {
  ClusterConnection,
  ClusterSnapshot,
  DiagnosisScope,
  ObjectRef,
  Principal,
  SnapshotKind,
} from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import type { AgentsContext } from '../../agents-context.ts';
import type { Intent } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { checkNamespace } from '../check-namespace.ts';
import type { CommandRequest } from '../command-request.ts';
import { findTarget, type NoTarget } from '../find-target.ts';
import { inStep } from '../in-step.ts';
import type { NamingIntent } from '../naming-intent.ts';
import { asking, refusal } from '../outcome.ts';
import { mayList, mayRead } from '../read-rights.ts';
import { whereToLook } from '../where-to-look.ts';

/** What a list is about, seen with the rights of the person who asked. */
export interface Look {
  readonly kind: 'look';
  readonly connection: ClusterConnection;
  readonly snapshot: ClusterSnapshot;
  readonly scope: DiagnosisScope;
  /** `in payments on demo`, `of Deployment payments/checkout on demo`, `on demo`: what follows the noun. */
  readonly place: string;
  /** A file name's beginning, for example `payments` or `checkout`. */
  readonly stem: string;
  /** The object that was named. */
  readonly ref?: ObjectRef;
}

/** Commands whose target may be left out: then they are about a namespace, or the whole cluster. */
export type LookingIntent = Extract<Intent, { kind: 'pods' | 'events' | 'top' }>;

const NOUNS: Readonly<Partial<Record<SnapshotKind, string>>> = {
  Pod: 'pods',
  Event: 'events',
  Node: 'nodes',
};

/**
 * Resolves what a list is about and asks the cluster's authoriser whether the person may see it: the cache sees more
 * than a person may. Objects without a namespace take rights over the whole cluster.
 */
export async function lookAt(
  context: AgentsContext,
  asked: CommandRequest,
  intent: LookingIntent & NamingIntent,
  kind: SnapshotKind,
): Promise<Look | NoTarget> {
  if (intent.words.length > 0) return lookAtObject(context, asked, intent, kind);
  const { connection, namespace } = await whereToLook(context, asked, intent.place);
  const person = asked.request.principal;
  if (namespace === undefined) return lookAtCluster(asked, connection, intent, kind);
  const check = await checkNamespace(connection, person, namespace);
  if (check.kind !== 'exists') {
    const { nearMiss, message } = check;
    if (nearMiss === undefined) return { kind: 'not_found', outcome: refusal(message) };
    const command = formatIntent({ ...intent, place: { ...intent.place, namespace: nearMiss } });
    return {
      kind: 'not_found',
      outcome: asking(message, 'Did you mean this?', [{ label: nearMiss, command }]),
    };
  }
  if (kind !== 'Pod' && !(await mayList(connection, person, kind, namespace)))
    return mayNot(person, kind, connection, namespace);
  return {
    kind: 'look',
    connection,
    snapshot: await readSnapshot(asked, connection, kind, namespace),
    scope: { kind: 'namespace', namespace },
    place: `in ${namespace} on ${connection.info.name}`,
    stem: namespace,
  };
}

async function lookAtObject(
  context: AgentsContext,
  asked: CommandRequest,
  intent: LookingIntent & NamingIntent,
  kind: SnapshotKind,
): Promise<Look | NoTarget> {
  const found = await findTarget(context, asked, intent);
  if (found.kind === 'not_found') return found;
  const { connection, snapshot, ref } = found;
  const person = asked.request.principal;
  const rights = await Promise.all([
    mayRead(connection, person, ref.namespace),
    ...(kind === 'Pod' ? [] : [mayList(connection, person, kind, ref.namespace)]),
  ]);
  if (!rights.every(Boolean)) return mayNot(person, kind, connection, ref.namespace);
  return {
    kind: 'look',
    connection,
    snapshot,
    scope: { kind: 'object', ref },
    place: `of ${formatObjectRef(ref)} on ${connection.info.name}`,
    stem: ref.name,
    ref,
  };
}

async function lookAtCluster(
  asked: CommandRequest,
  connection: ClusterConnection,
  intent: LookingIntent,
  kind: SnapshotKind,
): Promise<Look | NoTarget> {
  const person = asked.request.principal;
  if (!(await mayList(connection, person, kind, undefined))) {
    const example = formatIntent({ ...intent, place: { ...intent.place, namespace: 'payments' } });
    return mayNot(person, kind, connection, undefined, ` Or name a namespace, for example: ${example}.`);
  }
  return {
    kind: 'look',
    connection,
    snapshot: await readSnapshot(asked, connection, kind, undefined),
    scope: { kind: 'cluster' },
    place: `on ${connection.info.name}`,
    stem: connection.info.name,
  };
}

/** Called once the person's rights are known, as it tells how many there are. */
function readSnapshot(
  asked: CommandRequest,
  connection: ClusterConnection,
  kind: SnapshotKind,
  namespace: string | undefined,
): Promise<ClusterSnapshot> {
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  const noun = NOUNS[kind] ?? 'objects';
  return inStep(
    asked,
    `Reading ${noun}${where} on ${connection.info.name}`,
    () => connection.snapshots.snapshot(),
    ({ objects }) => {
      const all: readonly { readonly namespace?: string }[] = objects[kind];
      const seen = all.filter((each) => namespace === undefined || each.namespace === namespace);
      return countOf(seen.length, noun.slice(0, -1));
    },
  );
}

function mayNot(
  { kubernetes }: Principal,
  kind: SnapshotKind,
  { info }: ClusterConnection,
  namespace: string | undefined,
  hint = '',
): NoTarget {
  const where = namespace === undefined ? `the whole cluster ${info.name}` : `${namespace} on ${info.name}`;
  const text = `Kubernetes does not let ${kubernetes.user} list ${NOUNS[kind] ?? kind} in ${where}. Ask somebody with rights there.`;
  return { kind: 'not_found', outcome: refusal(`${text}${hint}`) };
}
