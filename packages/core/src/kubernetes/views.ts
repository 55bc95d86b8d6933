/**
 * Objects projected to the fields that analysis and operations read. Projections keep a 5,000-pod cluster in
 * little memory and keep the client's classes out of the pure packages. Times are milliseconds since 1970.
 */
import type { IngressClassView, IngressView, NetworkPolicyView } from './network-views.ts';
import type { ConditionView, ObjectView } from './object-view.ts';
import type { PodSpecView } from './pod-spec-view.ts';
import type {
  ApiServiceView,
  LimitRangeView,
  PodDisruptionBudgetView,
  ServiceAccountView,
  WebhookConfigurationView,
} from './policy-views.ts';
import type { PersistentVolumeClaimView, PersistentVolumeView, StorageClassView } from './storage-views.ts';

export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly since: number }
  | {
      readonly kind: 'terminated';
      readonly reason: string;
      readonly message: string;
      readonly exitCode: number;
      readonly finishedAt: number;
    }
  | { readonly kind: 'unknown' };

export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly isInit: boolean;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  /** Quantities as written, for example `500m`, `1Gi`. */
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** Each probe as one readable line, for example `GET :8080/healthz every 10 s`. */
  readonly probes: {
    readonly readiness?: string;
    readonly liveness?: string;
    readonly startup?: string;
  };
}

/** A ConfigMap or Secret that a pod cannot start without. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
  readonly via: 'env' | 'volume';
}

export interface PodView extends ObjectView {
  readonly kind: 'Pod';
  readonly phase: string;
  readonly reason: string;
  readonly message: string;
  readonly nodeName: string;
  /** Its address in the cluster; empty until it has one. */
  readonly address: string;
  /** The labels that a node must carry to take it. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly conditions: readonly ConditionView[];
  readonly containers: readonly ContainerView[];
  readonly references: readonly PodReference[];
  /** The PersistentVolumeClaims that it mounts, those of its ephemeral volumes included. */
  readonly claims: readonly string[];
  readonly spec: PodSpecView;
}

export interface WorkloadView extends ObjectView {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly generation: number;
  readonly observedGeneration: number;
  /** Desired pods. For a DaemonSet, the nodes that should run one. */
  readonly replicas: number;
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly paused: boolean;
  /** DaemonSet: its pods on nodes where none of them should run; others 0. */
  readonly misscheduledPods: number;
  /** `RollingUpdate`, `Recreate` or `OnDelete`. With OnDelete pods of an earlier template stay until somebody deletes them. */
  readonly updateStrategy: string;
  /** StatefulSet: pods with a lower ordinal keep the earlier template; others 0. */
  readonly partition: number;
  /** StatefulSet: it waits for each pod to be ready before it goes on to the next; others false. */
  readonly inOrder: boolean;
  readonly progressDeadlineSeconds: number;
  readonly selector: Readonly<Record<string, string>>;
  readonly conditions: readonly ConditionView[];
  readonly images: Readonly<Record<string, string>>;
  /** Deployment: the `deployment.kubernetes.io/revision` annotation; others 0. */
  readonly revision: number;
  readonly template: PodTemplateView;
  /** StatefulSet: the Service that gives its pods their names; others empty. */
  readonly serviceName: string;
  /** StatefulSet: the claims that each pod gets, with the class that each names; others empty. */
  readonly claimTemplates: readonly { readonly name: string; readonly storageClass?: string }[];
}

/** What the pods of a workload are made from. */
export interface PodTemplateView {
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpecView;
  /** The PersistentVolumeClaims that it mounts by name; empty for what each pod gets of its own. */
  readonly claims: readonly string[];
}

export interface ReplicaSetView extends ObjectView {
  readonly kind: 'ReplicaSet';
  readonly revision: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly podTemplateHash: string;
  readonly images: Readonly<Record<string, string>>;
  readonly changeCause: string;
  readonly conditions: readonly ConditionView[];
}

export interface ServiceView extends ObjectView {
  readonly kind: 'Service';
  readonly type: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePortView[];
  /** Empty where it gets none; `None` for a headless Service. */
  readonly clusterIp: string;
  readonly externalName: string;
  /** `Cluster`, `Local`, or empty where nothing comes from outside. */
  readonly externalTrafficPolicy: string;
  /** How many addresses its load balancer has given it. */
  readonly addresses: number;
}

export interface ServicePortView {
  readonly name: string;
  readonly port: number;
  /** A number, or the name of a container's port. */
  readonly targetPort: string;
  readonly protocol: string;
}

export interface EndpointSliceView extends ObjectView {
  readonly kind: 'EndpointSlice';
  readonly serviceName: string;
  readonly readyAddresses: number;
  readonly notReadyAddresses: number;
}

export interface NodeView extends ObjectView {
  readonly kind: 'Node';
  readonly unschedulable: boolean;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly allocatable: Readonly<Record<string, string>>;
  readonly conditions: readonly ConditionView[];
  /** As the kubelet tells it: `v1.36.1`. */
  readonly kubeletVersion: string;
}

export interface EventView extends ObjectView {
  readonly kind: 'Event';
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly involved: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
  };
}

export interface ConfigMapView extends ObjectView {
  readonly kind: 'ConfigMap';
  /** Key names only; values are never kept. */
  readonly keys: readonly string[];
  /** What its values take together. */
  readonly sizeBytes: number;
}

export interface ResourceQuotaView extends ObjectView {
  readonly kind: 'ResourceQuota';
  readonly hard: Readonly<Record<string, string>>;
  readonly used: Readonly<Record<string, string>>;
}

export interface NamespaceView extends ObjectView {
  readonly kind: 'Namespace';
  readonly phase: string;
  readonly conditions: readonly ConditionView[];
}

export interface HorizontalPodAutoscalerView extends ObjectView {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly target: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly conditions: readonly ConditionView[];
  /** What it scales by: `Resource cpu`, `External queue_length`. */
  readonly metrics: readonly string[];
  /** Resources that it measures as a share of what the containers request: `cpu`. Without requests there is no share. */
  readonly utilisationOf: readonly string[];
  /** 0 where it has never changed its target. */
  readonly lastScaledAt: number;
}

export interface JobView extends ObjectView {
  readonly kind: 'Job';
  readonly suspended: boolean;
  /** Pods that have to succeed. */
  readonly completions: number;
  readonly backoffLimit: number;
  readonly activePods: number;
  readonly succeededPods: number;
  readonly failedPods: number;
  /** 0 while it has not started. */
  readonly startedAt: number;
  readonly conditions: readonly ConditionView[];
}

export interface CronJobView extends ObjectView {
  readonly kind: 'CronJob';
  readonly schedule: string;
  /** As written, for example `Europe/Berlin`; empty for the time zone of the control plane. */
  readonly timeZone: string;
  /** `Allow`, `Forbid` or `Replace`. */
  readonly concurrencyPolicy: string;
  readonly suspended: boolean;
  /** 0 where it has never made a Job. */
  readonly lastScheduledAt: number;
  /** 0 where no Job of it has succeeded. */
  readonly lastSucceededAt: number;
  readonly activeJobs: number;
  /** Undefined where a run that was missed may start however late. */
  readonly startingDeadlineSeconds?: number;
  readonly template: PodTemplateView;
}

/** The view of each kind. */
export interface ViewByKind {
  readonly Namespace: NamespaceView;
  readonly Node: NodeView;
  readonly Pod: PodView;
  readonly Service: ServiceView;
  readonly Event: EventView;
  readonly ConfigMap: ConfigMapView;
  readonly ResourceQuota: ResourceQuotaView;
  readonly Deployment: WorkloadView;
  readonly ReplicaSet: ReplicaSetView;
  readonly StatefulSet: WorkloadView;
  readonly DaemonSet: WorkloadView;
  readonly Job: JobView;
  readonly CronJob: CronJobView;
  readonly EndpointSlice: EndpointSliceView;
  readonly HorizontalPodAutoscaler: HorizontalPodAutoscalerView;
  readonly PersistentVolumeClaim: PersistentVolumeClaimView;
  readonly PersistentVolume: PersistentVolumeView;
  readonly StorageClass: StorageClassView;
  readonly Ingress: IngressView;
  readonly IngressClass: IngressClassView;
  readonly NetworkPolicy: NetworkPolicyView;
  readonly PodDisruptionBudget: PodDisruptionBudgetView;
  readonly LimitRange: LimitRangeView;
  readonly ServiceAccount: ServiceAccountView;
  readonly ValidatingWebhookConfiguration: WebhookConfigurationView;
  readonly MutatingWebhookConfiguration: WebhookConfigurationView;
  readonly APIService: ApiServiceView;
}
