import { findWorkloads } from '@jamie/analysis';
import type { ClusterConnection, ClusterSnapshot, ObjectRef, WorkloadRef } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Place } from '../grammar/intent.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';

export interface FoundTarget {
  readonly kind: 'found';
  readonly connection: ClusterConnection;
  readonly snapshot: ClusterSnapshot;
  readonly ref: ObjectRef;
  /** `prefix`: the words are only the beginning of its name. Good enough to read, never to change. */
  readonly fit: 'exact' | 'prefix';
}

export type TargetResult = FoundTarget | { readonly kind: 'not_found'; readonly outcome: Outcome };

/** The cluster that a request is about: named, else the conversation's, else the default. */
export function connectTo(
  context: AgentsContext,
  { conversation }: CommandRequest,
  place: Place,
): ClusterConnection {
  return context.clusters.connect(place.cluster ?? conversation.cluster);
}

/** The object that the words name. Several or none: an answer that asks, never a guess. */
export async function findTarget(
  context: AgentsContext,
  asked: CommandRequest,
  words: readonly string[],
  place: Place,
): Promise<TargetResult> {
  const connection = connectTo(context, asked, place);
  const snapshot = await connection.snapshots.snapshot();
  const found = findWorkloads(snapshot, words, place.namespace);
  if (found.kind === 'one') return { kind: 'found', connection, snapshot, ref: found.ref, fit: found.reason };
  return {
    kind: 'not_found',
    outcome: found.kind === 'several' ? askWhich(found.refs) : nothingNamed(words, place, found.suggestions),
  };
}

/** Like findTarget, for operations: only workloads that can be changed. */
export async function findWorkload(
  context: AgentsContext,
  asked: CommandRequest,
  words: readonly string[],
  place: Place,
): Promise<(FoundTarget & { readonly ref: WorkloadRef }) | Extract<TargetResult, { kind: 'not_found' }>> {
  const target = await findTarget(context, asked, words, place);
  if (target.kind === 'not_found') return target;
  const { ref } = target;
  if (target.fit === 'prefix') return { kind: 'not_found', outcome: nothingNamed(words, place, [ref]) };
  if (!isWorkloadRef(ref)) {
    const outcome = refusal(
      `${formatObjectRef(ref)} is a ${ref.kind}. I change Deployments, StatefulSets and DaemonSets; name one of those.`,
    );
    return { kind: 'not_found', outcome };
  }
  return { ...target, ref };
}

function isWorkloadRef(ref: ObjectRef): ref is WorkloadRef {
  return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(ref.kind) && ref.namespace !== undefined;
}

function askWhich(refs: readonly ObjectRef[]): Outcome {
  return refusal('Which one? Several fit; name the kind and the namespace.', [
    {
      kind: 'list',
      items: refs.map((ref) => `${ref.kind.toLowerCase()}/${ref.name} -n ${ref.namespace ?? ''}`),
    },
  ]);
}

function nothingNamed(words: readonly string[], place: Place, suggestions: readonly ObjectRef[]): Outcome {
  const where = place.namespace === undefined ? '' : ` in ${place.namespace}`;
  const headline = `I found nothing called ${words.join(' ')}${where}.`;
  if (suggestions.length === 0) return refusal(`${headline} Type health for what there is.`);
  const names = suggestions.map((ref) => `${ref.kind.toLowerCase()}/${ref.name} -n ${ref.namespace ?? ''}`);
  return refusal(`${headline} Did you mean one of these?`, [{ kind: 'list', items: names }]);
}
