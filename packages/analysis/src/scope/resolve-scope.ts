import {
  type DiagnosisScope,
  formatObjectRef,
  type JobView,
  type NodeView,
  type ObjectRef,
  type ObjectView,
  type PodView,
  type ServiceView,
  type WorkloadView,
} from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import { refOf } from '../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';

/** Which faults and objects a question is about. */
export interface ResolvedScope {
  /** False when the object that was asked about is not in the snapshot. */
  readonly exists: boolean;
  readonly objects: number;
  readonly workloads: readonly WorkloadView[];
  readonly pods: readonly PodView[];
  concerns(fault: Fault): boolean;
}

/** Resolves a scope: an object brings its owner chain up and down, its Services, configuration and nodes. */
export function resolveScope(index: SnapshotIndex, scope: DiagnosisScope): ResolvedScope {
  switch (scope.kind) {
    case 'cluster':
      return {
        exists: true,
        objects: countObjects(index, () => true),
        workloads: index.workloads,
        pods: index.pods,
        concerns: () => true,
      };
    case 'namespace':
      return resolveNamespace(index, scope.namespace);
    default:
      return scope.ref.kind === 'Namespace'
        ? resolveNamespace(index, scope.ref.name)
        : resolveObject(index, scope.ref);
  }
}

function resolveNamespace(index: SnapshotIndex, namespace: string): ResolvedScope {
  const isInside = (view: ObjectView) => view.namespace === namespace;
  const objects = countObjects(index, isInside);
  return {
    exists: objects > 0 || index.find({ kind: 'Namespace', name: namespace }) !== undefined,
    objects,
    workloads: index.workloads.filter(isInside),
    pods: index.pods.filter(isInside),
    concerns: (fault) =>
      [fault.subject, ...fault.related, ...(fault.victims ?? [])].some(
        (ref) => ref.namespace === namespace || (ref.kind === 'Namespace' && ref.name === namespace),
      ),
  };
}

function resolveObject(index: SnapshotIndex, ref: ObjectRef): ResolvedScope {
  const view = index.find(ref);
  if (view === undefined)
    return { exists: false, objects: 0, workloads: [], pods: [], concerns: () => false };
  const workloads = workloadsOf(index, view);
  const pods = podsOf(index, view, workloads);
  const refs = new Set(
    [
      ref,
      ...jobsOf(index, view).map(refOf),
      ...aroundPods(pods),
      ...workloads.flatMap((workload) => aroundWorkload(index, workload)),
    ].map(formatObjectRef),
  );
  if (view.kind === 'Node' || view.kind === 'ConfigMap') {
    // What else these pods' workloads suffer from elsewhere is another question.
    const own = new Set([ref, ...pods.map(refOf)].map(formatObjectRef));
    return { exists: true, objects: own.size, workloads, pods, concerns: (fault) => touches(fault, own) };
  }
  return { exists: true, objects: refs.size, workloads, pods, concerns: (fault) => touches(fault, refs) };
}

function touches(fault: Fault, refs: ReadonlySet<string>): boolean {
  if (refs.has(formatObjectRef(fault.subject))) return true;
  return [...fault.related, ...(fault.victims ?? []).map(refOf)].some((ref) =>
    refs.has(formatObjectRef(ref)),
  );
}

function workloadsOf(index: SnapshotIndex, view: ObjectView): readonly WorkloadView[] {
  // The kind field decides the view's type.
  if (view.kind === 'Service') return index.workloadsSelectedBy(view as ServiceView);
  const workload = index.workloadOf(view);
  return workload === undefined ? [] : [workload];
}

function podsOf(
  index: SnapshotIndex,
  view: ObjectView,
  workloads: readonly WorkloadView[],
): readonly PodView[] {
  switch (view.kind) {
    case 'Service':
      return index.podsSelectedBy(view as ServiceView);
    case 'Node':
      return index.pods.filter((pod) => pod.nodeName === (view as NodeView).name);
    case 'ConfigMap':
      return index.pods.filter((pod) => pod.namespace === view.namespace && refersTo(pod, view.name));
    case 'Pod':
      return [view as PodView];
    case 'Job':
      return index.pods.filter((pod) => pod.owner?.uid === view.uid);
    case 'CronJob':
      return jobsOf(index, view).flatMap((job) => podsOf(index, job, []));
    default:
      return workloads.flatMap((workload) => index.podsOf(workload));
  }
}

function refersTo(pod: PodView, configMap: string): boolean {
  return pod.references.some((reference) => reference.kind === 'ConfigMap' && reference.name === configMap);
}

function aroundPods(pods: readonly PodView[]): readonly ObjectRef[] {
  return pods.flatMap((pod) => [
    refOf(pod),
    ...(pod.nodeName === '' ? [] : [{ kind: 'Node' as const, name: pod.nodeName }]),
  ]);
}

function aroundWorkload(index: SnapshotIndex, workload: WorkloadView): readonly ObjectRef[] {
  return [
    refOf(workload),
    ...index.replicaSetsOf(workload).map(refOf),
    ...index.servicesOf(workload).map(refOf),
    ...aroundPods(index.podsOf(workload)),
  ];
}

function countObjects(index: SnapshotIndex, isInside: (view: ObjectView) => boolean): number {
  return Object.values(index.snapshot.objects).reduce(
    (sum, views: readonly ObjectView[]) => sum + views.filter(isInside).length,
    0,
  );
}

function jobsOf(index: SnapshotIndex, view: ObjectView): readonly JobView[] {
  return index.jobs.filter((job) => job.owner?.uid === view.uid);
}
