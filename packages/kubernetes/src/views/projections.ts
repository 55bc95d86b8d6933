import type { KubeObject, SnapshotKind, ViewByKind } from '@jamie/core';
import { toApiServiceView } from './api-service-view.ts';
import { toConfigMapView } from './config-map-view.ts';
import { toPodDisruptionBudgetView } from './disruption-budget-view.ts';
import { toEndpointSliceView } from './endpoint-slice-view.ts';
import { toEventView } from './event-view.ts';
import { toHorizontalPodAutoscalerView } from './horizontal-pod-autoscaler-view.ts';
import { toIngressClassView, toIngressView } from './ingress-view.ts';
import { toCronJobView, toJobView } from './job-view.ts';
import { toLimitRangeView } from './limit-range-view.ts';
import { toNamespaceView } from './namespace-view.ts';
import { toNetworkPolicyView } from './network-policy-view.ts';
import { toNodeView } from './node-view.ts';
import { toPodView } from './pod-view.ts';
import { toReplicaSetView } from './replica-set-view.ts';
import { toResourceQuotaView } from './resource-quota-view.ts';
import { toServiceAccountView } from './service-account-view.ts';
import { toServiceView } from './service-view.ts';
import type { Sharing } from './sharing.ts';
import { toPersistentVolumeClaimView, toPersistentVolumeView, toStorageClassView } from './storage-view.ts';
import { toWebhookConfigurationView } from './webhook-configuration-view.ts';
import { toDaemonSetView, toDeploymentView, toStatefulSetView } from './workload-view.ts';

/** How each kind is projected. Total: any object that has metadata becomes a view. */
export const PROJECTIONS: {
  readonly [K in SnapshotKind]: (object: KubeObject, sharing: Sharing) => ViewByKind[K];
} = {
  Namespace: toNamespaceView,
  Node: toNodeView,
  Pod: toPodView,
  Service: toServiceView,
  Event: toEventView,
  ConfigMap: toConfigMapView,
  ResourceQuota: toResourceQuotaView,
  Deployment: toDeploymentView,
  ReplicaSet: toReplicaSetView,
  StatefulSet: toStatefulSetView,
  DaemonSet: toDaemonSetView,
  Job: toJobView,
  CronJob: toCronJobView,
  EndpointSlice: toEndpointSliceView,
  HorizontalPodAutoscaler: toHorizontalPodAutoscalerView,
  PersistentVolumeClaim: toPersistentVolumeClaimView,
  PersistentVolume: toPersistentVolumeView,
  StorageClass: toStorageClassView,
  Ingress: toIngressView,
  IngressClass: toIngressClassView,
  NetworkPolicy: toNetworkPolicyView,
  PodDisruptionBudget: toPodDisruptionBudgetView,
  LimitRange: toLimitRangeView,
  ServiceAccount: toServiceAccountView,
  ValidatingWebhookConfiguration: toWebhookConfigurationView('ValidatingWebhookConfiguration'),
  MutatingWebhookConfiguration: toWebhookConfigurationView('MutatingWebhookConfiguration'),
  APIService: toApiServiceView,
};
