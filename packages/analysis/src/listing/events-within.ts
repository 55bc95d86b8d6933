import type {
  ClusterSnapshot,
  DiagnosisScope,
  EventView,
  ObjectRef,
  ObjectView,
  ServiceView,
  WorkloadView,
} from '@jamie/core';
import { buildSnapshotIndex, type SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { podsWithin } from './pods-within.ts';

/** Which events: those about the scope, not older than a time, of one type or both. */
export interface EventQuery {
  readonly scope: DiagnosisScope;
  /** Only events seen at or after this time. */
  readonly since?: number;
  readonly warningsOnly: boolean;
}

/**
 * The events of a namespace or the cluster; of an object, those about it and about what belongs to it: the ReplicaSets
 * and pods of a Deployment, also pods that are gone by now. Pure, never throws.
 */
export function eventsWithin(snapshot: ClusterSnapshot, query: EventQuery): readonly EventView[] {
  const isAbout = aboutness(snapshot, query.scope);
  return snapshot.objects.Event.filter(
    (event) =>
      isAbout(event) &&
      (!query.warningsOnly || event.type === 'Warning') &&
      (query.since === undefined || event.lastSeen >= query.since),
  );
}

function aboutness(snapshot: ClusterSnapshot, scope: DiagnosisScope): (event: EventView) => boolean {
  if (scope.kind === 'cluster') return () => true;
  if (scope.kind === 'namespace') return ({ namespace }) => namespace === scope.namespace;
  if (scope.ref.kind === 'Namespace') return ({ namespace }) => namespace === scope.ref.name;
  return aboutObject(snapshot, scope.ref);
}

function aboutObject(snapshot: ClusterSnapshot, ref: ObjectRef): (event: EventView) => boolean {
  const index = buildSnapshotIndex(snapshot);
  const view = index.find(ref);
  const within = ref.kind === 'Node' ? undefined : podsWithin(snapshot, { kind: 'object', ref });
  const pods = within?.kind === 'pods' ? within.pods : [];
  const sets = view === undefined ? [] : familyOf(index, view);
  const uids = new Set([view, ...sets, ...pods].flatMap((each) => (each === undefined ? [] : [each.uid])));
  const parents = [...sets, ...(ref.kind === 'Service' ? [] : [ref])].map(({ name }) => name);
  const namespace = ref.namespace ?? '';
  return ({ involved }) =>
    (involved.uid !== '' && uids.has(involved.uid)) ||
    (involved.kind === ref.kind && involved.name === ref.name && involved.namespace === namespace) ||
    (involved.kind === 'Pod' &&
      involved.namespace === namespace &&
      parents.some((parent) => isPodNameOf(parent, involved.name)));
}

/** The ReplicaSets of a Deployment, and of a Service the workloads behind it with theirs. */
function familyOf(index: SnapshotIndex, view: ObjectView): readonly ObjectView[] {
  switch (view.kind) {
    case 'Deployment':
      return index.replicaSetsOf(view as WorkloadView);
    case 'Service':
      return index
        .workloadsSelectedBy(view as ServiceView)
        .flatMap((workload) => [workload, ...index.replicaSetsOf(workload)]);
    default:
      return [];
  }
}

/** Controllers name pods after themselves: five random characters, or an ordinal in a StatefulSet. */
function isPodNameOf(parent: string, name: string): boolean {
  return name.startsWith(`${parent}-`) && /^(?:[a-z0-9]{5}|\d{1,5})$/.test(name.slice(parent.length + 1));
}
