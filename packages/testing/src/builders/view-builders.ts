import type {
  ConfigMapView,
  CronJobView,
  EndpointSliceView,
  EventView,
  HorizontalPodAutoscalerView,
  JobView,
  NamespaceView,
  NodeView,
  ReplicaSetView,
  ResourceQuotaView,
  ServiceView,
  WorkloadView,
} from '@jamie/core';
import { aCondition, anObject } from './object-builders.ts';
import { aPodSpec } from './pod-spec-builders.ts';
import { SNAPSHOT_TIME } from './snapshot-builder.ts';

export function aNamespace(name: string): NamespaceView {
  return { ...anObject(name, { namespace: '' }), kind: 'Namespace', phase: 'Active', conditions: [] };
}

/** A ready node. */
export function aNode(name: string, more: Partial<NodeView> = {}): NodeView {
  return {
    ...anObject(name, { namespace: '' }),
    kind: 'Node',
    unschedulable: false,
    taints: [],
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    conditions: [aCondition('Ready', 'True', { reason: 'KubeletReady' })],
    kubeletVersion: 'v1.36.1',
    ...more,
  };
}

/** A Service that selects `app: checkout`. */
export function aService(name: string, more: Partial<ServiceView> = {}): ServiceView {
  return {
    ...anObject(name),
    kind: 'Service',
    type: 'ClusterIP',
    selector: { app: name },
    ports: [{ name: 'http', port: 80, targetPort: '8080', protocol: 'TCP' }],
    clusterIp: '10.96.0.10',
    externalName: '',
    externalTrafficPolicy: '',
    addresses: 0,
    ...more,
  };
}

export function anEndpointSlice(
  serviceName: string,
  readyAddresses: number,
  notReadyAddresses = 0,
  more: Partial<EndpointSliceView> = {},
): EndpointSliceView {
  return {
    ...anObject(`${serviceName}-x7k2p`),
    kind: 'EndpointSlice',
    serviceName,
    readyAddresses,
    notReadyAddresses,
    ...more,
  };
}

export function aConfigMap(
  name: string,
  keys: readonly string[],
  more: Partial<ConfigMapView> = {},
): ConfigMapView {
  return { ...anObject(name), kind: 'ConfigMap', keys, sizeBytes: 100 * keys.length, ...more };
}

export function aQuota(
  name: string,
  hard: Readonly<Record<string, string>>,
  used: Readonly<Record<string, string>>,
): ResourceQuotaView {
  return { ...anObject(name), kind: 'ResourceQuota', hard, used };
}

/** A warning event about an object, last seen ten seconds ago. */
export function anEvent(
  about: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string },
  reason: string,
  message: string,
  more: Partial<EventView> = {},
): EventView {
  return {
    ...anObject(`${about.name}.${reason.toLowerCase()}.${message.length}`, { namespace: about.namespace }),
    kind: 'Event',
    type: 'Warning',
    reason,
    message,
    count: 5,
    firstSeen: SNAPSHOT_TIME - 300_000,
    lastSeen: SNAPSHOT_TIME - 10_000,
    involved: { kind: about.kind, namespace: about.namespace, name: about.name, uid: about.uid },
    ...more,
  };
}

/** A Deployment, StatefulSet or DaemonSet at rest: three of three pods ready. */
export function aWorkload(
  kind: WorkloadView['kind'],
  name: string,
  more: Partial<WorkloadView> = {},
): WorkloadView {
  const replicas = more.replicas ?? 3;
  const readyReplicas = more.readyReplicas ?? replicas;
  return {
    ...anObject(name),
    kind,
    generation: 1,
    observedGeneration: 1,
    replicas,
    currentReplicas: replicas,
    updatedReplicas: replicas,
    readyReplicas,
    availableReplicas: readyReplicas,
    paused: false,
    inOrder: kind === 'StatefulSet',
    misscheduledPods: 0,
    updateStrategy: 'RollingUpdate',
    partition: 0,
    progressDeadlineSeconds: 600,
    selector: { app: name },
    conditions: [],
    images: { app: 'registry.example/shop/app:1.4.2' },
    revision: kind === 'Deployment' ? 1 : 0,
    template: { labels: { app: name }, spec: aPodSpec(), claims: [] },
    serviceName: '',
    claimTemplates: [],
    ...more,
  };
}

/** A ReplicaSet of a Deployment at one revision. */
export function aReplicaSet(
  deployment: WorkloadView,
  revision: number,
  more: Partial<ReplicaSetView> = {},
): ReplicaSetView {
  const podTemplateHash = more.podTemplateHash ?? `hash${revision}`;
  const replicas = more.replicas ?? deployment.replicas;
  return {
    ...anObject(`${deployment.name}-${podTemplateHash}`, { namespace: deployment.namespace }),
    kind: 'ReplicaSet',
    labels: { ...deployment.selector, 'pod-template-hash': podTemplateHash },
    owner: { kind: deployment.kind, name: deployment.name, uid: deployment.uid },
    revision,
    replicas,
    readyReplicas: replicas,
    podTemplateHash,
    images: deployment.images,
    changeCause: '',
    conditions: [],
    ...more,
  };
}

/** A Job that has succeeded. */
export function aJob(name: string, more: Partial<JobView> = {}): JobView {
  return {
    ...anObject(name),
    kind: 'Job',
    suspended: false,
    completions: 1,
    backoffLimit: 6,
    activePods: 0,
    succeededPods: 1,
    failedPods: 0,
    startedAt: SNAPSHOT_TIME - 600_000,
    conditions: [aCondition('Complete', 'True', { reason: 'CompletionsReached' })],
    ...more,
  };
}

/** A CronJob that runs every hour and has run. */
export function aCronJob(name: string, more: Partial<CronJobView> = {}): CronJobView {
  return {
    ...anObject(name),
    kind: 'CronJob',
    schedule: '0 * * * *',
    timeZone: '',
    concurrencyPolicy: 'Allow',
    suspended: false,
    lastScheduledAt: SNAPSHOT_TIME - 1_800_000,
    lastSucceededAt: SNAPSHOT_TIME - 1_790_000,
    activeJobs: 0,
    template: { labels: {}, spec: aPodSpec(), claims: [] },
    ...more,
  };
}

/** An autoscaler of a Deployment of its name, between its bounds. */
export function anAutoscaler(
  name: string,
  more: Partial<HorizontalPodAutoscalerView> = {},
): HorizontalPodAutoscalerView {
  return {
    ...anObject(name),
    kind: 'HorizontalPodAutoscaler',
    target: { kind: 'Deployment', name },
    minReplicas: 2,
    maxReplicas: 6,
    currentReplicas: 3,
    desiredReplicas: 3,
    conditions: [],
    metrics: ['Resource cpu'],
    utilisationOf: ['cpu'],
    lastScaledAt: 0,
    ...more,
  };
}
