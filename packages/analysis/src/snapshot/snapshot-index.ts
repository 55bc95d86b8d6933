import {
  type ClusterSnapshot,
  type CronJobView,
  type EndpointSliceView,
  type EventView,
  formatObjectRef,
  type HorizontalPodAutoscalerView,
  type JobView,
  type Kind,
  type NodeView,
  type ObjectRef,
  type ObjectView,
  type PodView,
  type ReplicaSetView,
  type ServiceView,
  type WorkloadView,
} from '@jamie/core';
import { indexEvents } from './index-events.ts';
import { LabelIndex } from './label-index.ts';
import { refOf } from './ref-of.ts';
import { compareNumbers, inStableOrder, keyStably } from './stable-order.ts';

/**
 * One snapshot arranged for analyzers: built once in O(objects), read by all. Lists are in a stable order, so that
 * the same objects give the same answer however they arrived. Pods that are being deleted are left out of
 * everything but `byRef`: their going is not a fault.
 */
export interface SnapshotIndex {
  readonly snapshot: ClusterSnapshot;
  readonly takenAt: number;
  readonly pods: readonly PodView[];
  readonly terminatingPods: readonly PodView[];
  readonly workloads: readonly WorkloadView[];
  readonly services: readonly ServiceView[];
  readonly nodes: readonly NodeView[];
  readonly jobs: readonly JobView[];
  readonly cronJobs: readonly CronJobView[];
  readonly autoscalers: readonly HorizontalPodAutoscalerView[];
  isRead(kind: Kind): boolean;
  find(ref: ObjectRef): ObjectView | undefined;
  /** Newest first. */
  eventsOf(view: ObjectView): readonly EventView[];
  /** The Deployment, StatefulSet or DaemonSet at the end of the owner chain. */
  workloadOf(view: ObjectView): WorkloadView | undefined;
  podsOf(workload: WorkloadView): readonly PodView[];
  /** Newest revision first. */
  replicaSetsOf(workload: WorkloadView): readonly ReplicaSetView[];
  podsSelectedBy(service: ServiceView): readonly PodView[];
  /** Workloads whose pods a Service would select, also those that have no pod now. */
  workloadsSelectedBy(service: ServiceView): readonly WorkloadView[];
  servicesOf(workload: WorkloadView): readonly ServiceView[];
  endpointsOf(service: ServiceView): readonly EndpointSliceView[];
}

// Deployment → ReplicaSet → Pod is two steps; the rest is room for operators that own Deployments.
const MAX_OWNER_STEPS = 6;

/** Arranges a snapshot for analysis. Never throws, whatever the objects say about each other. */
export function buildSnapshotIndex(snapshot: ClusterSnapshot): SnapshotIndex {
  const { objects } = snapshot;
  const unread: ReadonlySet<Kind> = new Set(snapshot.unread.map((entry) => entry.kind));
  const all: readonly ObjectView[] = Object.values(objects).flat();
  const byUid = keyStably(all.filter(isOwner), (view) => view.uid);
  const pods = inStableOrder(objects.Pod);
  const workloads = inStableOrder<WorkloadView>([
    ...objects.Deployment,
    ...objects.StatefulSet,
    ...objects.DaemonSet,
  ]);
  const workloadOf = (view: ObjectView) => findWorkload(view, byUid);
  const live = pods.filter((pod) => pod.deletingSince === undefined);
  const podsByWorkload = groupBy(live, (pod) => workloadOf(pod)?.uid);
  const setsByWorkload = groupBy(newestFirst(objects.ReplicaSet), (set) => workloadOf(set)?.uid);
  const eventsOf = indexEvents(objects.Event);
  const byRef = keyStably(all, (view) => formatObjectRef(refOf(view)));
  const services = inStableOrder(objects.Service);
  const selection = indexSelection(services, live, workloads, workloadOf, setsByWorkload);
  const slices = groupBy(
    inStableOrder(objects.EndpointSlice),
    (slice) => `${slice.namespace}/${slice.serviceName}`,
  );
  return {
    snapshot,
    takenAt: snapshot.takenAt,
    pods: live,
    terminatingPods: pods.filter((pod) => pod.deletingSince !== undefined),
    workloads,
    services,
    nodes: inStableOrder(objects.Node),
    jobs: inStableOrder(objects.Job),
    cronJobs: inStableOrder(objects.CronJob),
    autoscalers: inStableOrder(objects.HorizontalPodAutoscaler),
    isRead: (kind) => !unread.has(kind),
    find: (ref) => byRef.get(formatObjectRef(ref)),
    eventsOf,
    workloadOf,
    podsOf: (workload) => podsByWorkload.get(workload.uid) ?? [],
    replicaSetsOf: (workload) => setsByWorkload.get(workload.uid) ?? [],
    ...selection,
    endpointsOf: (service) => slices.get(`${service.namespace}/${service.name}`) ?? [],
  };
}

type Selection = Pick<SnapshotIndex, 'podsSelectedBy' | 'workloadsSelectedBy' | 'servicesOf'>;

function indexSelection(
  services: readonly ServiceView[],
  pods: readonly PodView[],
  workloads: readonly WorkloadView[],
  workloadOf: SnapshotIndex['workloadOf'],
  setsByWorkload: ReadonlyMap<string, readonly ReplicaSetView[]>,
): Selection {
  const podLabels = new LabelIndex<PodView>();
  for (const pod of pods) podLabels.add(pod, pod.labels);
  const templateLabels = new LabelIndex<WorkloadView>();
  for (const workload of workloads) {
    // A ReplicaSet carries its template's labels; a selector is only part of them.
    const template = setsByWorkload.get(workload.uid)?.[0]?.labels;
    templateLabels.add(workload, { ...template, ...workload.selector });
  }
  const podsSelectedBy = (service: ServiceView) => podLabels.select(service.namespace, service.selector);
  const workloadsSelectedBy = (service: ServiceView) => {
    const owners = podsSelectedBy(service).flatMap((pod) => workloadOf(pod) ?? []);
    return [...new Set([...owners, ...templateLabels.select(service.namespace, service.selector)])];
  };
  const byWorkload = new Map<string, ServiceView[]>();
  for (const service of services) {
    for (const workload of workloadsSelectedBy(service)) {
      byWorkload.set(workload.uid, [...(byWorkload.get(workload.uid) ?? []), service]);
    }
  }
  return {
    podsSelectedBy,
    workloadsSelectedBy,
    servicesOf: (workload) => byWorkload.get(workload.uid) ?? [],
  };
}

function findWorkload(view: ObjectView, byUid: ReadonlyMap<string, ObjectView>): WorkloadView | undefined {
  let current: ObjectView | undefined = view;
  for (let step = 0; step <= MAX_OWNER_STEPS && current !== undefined; step += 1) {
    if (isWorkload(current)) return current;
    current = current.owner === undefined ? undefined : byUid.get(current.owner.uid);
  }
  return undefined;
}

function isWorkload(view: ObjectView): view is WorkloadView {
  return view.kind === 'Deployment' || view.kind === 'StatefulSet' || view.kind === 'DaemonSet';
}

function isOwner(view: ObjectView): boolean {
  return isWorkload(view) || view.kind === 'ReplicaSet';
}

function newestFirst(sets: readonly ReplicaSetView[]): readonly ReplicaSetView[] {
  return [...inStableOrder(sets)].sort(
    (left, right) =>
      compareNumbers(right.revision, left.revision) || compareNumbers(right.createdAt, left.createdAt),
  );
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
