import { KINDS } from '@jamie/core';

/** A resource that the demo cluster serves, and what discovery says of it. */
export interface Resource {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly ('status' | 'scale' | 'log' | 'eviction' | 'resize')[];
}

type Extra = Pick<Resource, 'shortNames' | 'categories' | 'subresources'>;

const NONE: Extra = { shortNames: [], categories: [], subresources: [] };
const workload = (shortName: string): Extra => ({
  shortNames: [shortName],
  categories: ['all'],
  subresources: ['scale', 'status'],
});

const EXTRAS: Readonly<Record<keyof typeof KINDS, Extra>> = {
  Namespace: { ...NONE, shortNames: ['ns'], subresources: ['status'] },
  Node: { ...NONE, shortNames: ['no'], subresources: ['status'] },
  Pod: { shortNames: ['po'], categories: ['all'], subresources: ['eviction', 'log', 'resize', 'status'] },
  Service: { shortNames: ['svc'], categories: ['all'], subresources: ['status'] },
  Event: { ...NONE, shortNames: ['ev'] },
  ConfigMap: { ...NONE, shortNames: ['cm'] },
  ResourceQuota: { ...NONE, shortNames: ['quota'], subresources: ['status'] },
  Deployment: workload('deploy'),
  ReplicaSet: workload('rs'),
  StatefulSet: workload('sts'),
  DaemonSet: { shortNames: ['ds'], categories: ['all'], subresources: ['status'] },
  ControllerRevision: NONE,
  Job: { shortNames: [], categories: ['all'], subresources: ['status'] },
  CronJob: { shortNames: ['cj'], categories: ['all'], subresources: ['status'] },
  PersistentVolumeClaim: { ...NONE, shortNames: ['pvc'], subresources: ['status'] },
  PodDisruptionBudget: { ...NONE, shortNames: ['pdb'], subresources: ['status'] },
  Ingress: { ...NONE, shortNames: ['ing'], subresources: ['status'] },
  NetworkPolicy: { ...NONE, shortNames: ['netpol'] },
  EndpointSlice: NONE,
  HorizontalPodAutoscaler: { shortNames: ['hpa'], categories: ['all'], subresources: ['status'] },
  PersistentVolume: { ...NONE, shortNames: ['pv'], subresources: ['status'] },
  StorageClass: { ...NONE, shortNames: ['sc'] },
  IngressClass: NONE,
  LimitRange: { ...NONE, shortNames: ['limits'] },
  ServiceAccount: { ...NONE, shortNames: ['sa'] },
  ValidatingWebhookConfiguration: { ...NONE, categories: ['api-extensions'] },
  MutatingWebhookConfiguration: { ...NONE, categories: ['api-extensions'] },
  APIService: { ...NONE, categories: ['api-extensions'], subresources: ['status'] },
};

const served = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map(
  (kind): Resource => ({ kind, singular: kind.toLowerCase(), ...KINDS[kind], ...EXTRAS[kind] }),
);

/** Every resource that is stored: the kinds of core, and what leader election needs. */
export const RESOURCES: readonly Resource[] = [
  ...served,
  {
    ...NONE,
    kind: 'Lease',
    group: 'coordination.k8s.io',
    version: 'v1',
    plural: 'leases',
    singular: 'lease',
    namespaced: true,
  },
];

/** The resource at a group, version and plural, or undefined when it is not served. */
export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return RESOURCES.find(
    (resource) => resource.group === group && resource.version === version && resource.plural === plural,
  );
}

/** The resource of a kind. Throws when the kind is not served: a mistake of the caller. */
export function resourceOfKind(kind: string): Resource {
  const resource = RESOURCES.find((candidate) => candidate.kind === kind);
  if (resource === undefined) throw new Error(`the demo cluster does not serve ${kind}`);
  return resource;
}

/** apiVersion as manifests spell it. */
export function apiVersionOfResource(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}
