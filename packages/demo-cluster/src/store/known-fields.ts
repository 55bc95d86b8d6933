import type { StoredObject } from '../objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const COMMON = ['apiVersion', 'kind', 'metadata'];
const TOP: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: [...COMMON, 'data', 'binaryData', 'immutable'],
};
const WORKLOAD = ['selector', 'template', 'minReadySeconds'];
const SPEC: Readonly<Record<string, readonly string[]>> = {
  Deployment: [
    ...WORKLOAD,
    'replicas',
    'strategy',
    'revisionHistoryLimit',
    'paused',
    'progressDeadlineSeconds',
  ],
  ReplicaSet: [...WORKLOAD, 'replicas'],
  StatefulSet: [
    ...WORKLOAD,
    'replicas',
    'serviceName',
    'volumeClaimTemplates',
    'podManagementPolicy',
    'updateStrategy',
    'revisionHistoryLimit',
    'persistentVolumeClaimRetentionPolicy',
    'ordinals',
  ],
  DaemonSet: [...WORKLOAD, 'updateStrategy', 'revisionHistoryLimit'],
  Job: [
    ...['selector', 'template', 'parallelism', 'completions', 'backoffLimit', 'backoffLimitPerIndex'],
    ...['maxFailedIndexes', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished', 'completionMode', 'suspend'],
    ...['manualSelector', 'podFailurePolicy', 'podReplacementPolicy', 'successPolicy', 'managedBy'],
  ],
  CronJob: [
    ...['schedule', 'timeZone', 'startingDeadlineSeconds', 'concurrencyPolicy', 'suspend', 'jobTemplate'],
    ...['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'],
  ],
  HorizontalPodAutoscaler: ['scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics', 'behavior'],
  PodDisruptionBudget: ['minAvailable', 'maxUnavailable', 'selector', 'unhealthyPodEvictionPolicy'],
  Ingress: ['ingressClassName', 'defaultBackend', 'tls', 'rules'],
  NetworkPolicy: ['podSelector', 'ingress', 'egress', 'policyTypes'],
  PersistentVolumeClaim: [
    ...['accessModes', 'selector', 'resources', 'volumeName', 'storageClassName', 'volumeMode'],
    ...['dataSource', 'dataSourceRef', 'volumeAttributesClassName'],
  ],
};

/**
 * The first field that the kind does not have, as a path with dots; undefined when there is none. Looks at the top level
 * and at the spec, not below it.
 */
export function findUnknownField(object: StoredObject): string | undefined {
  const fields = object as unknown as Fields;
  const top = TOP[object.kind] ?? (SPEC[object.kind] && [...COMMON, 'spec', 'status']);
  const unknown = top && Object.keys(fields).find((field) => !top.includes(field));
  if (unknown !== undefined) return unknown;
  const known = SPEC[object.kind];
  const member =
    known && Object.keys((fields['spec'] ?? {}) as Fields).find((field) => !known.includes(field));
  return member === undefined ? undefined : `spec.${member}`;
}
