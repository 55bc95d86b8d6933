/** Why operations of some class are never sent, whatever the API server would allow. */
export type RefusalClass =
  /** Holds or makes credentials. */
  | 'secret_material'
  /** Decides who may do what, or what the API server accepts. */
  | 'access_control'
  /** Runs code in, or opens a connection into, what runs. */
  | 'runs_code'
  /** Belongs to whoever runs the cluster. */
  | 'cluster_infrastructure'
  /** Written by controllers, schedulers and kubelets. */
  | 'controllers_own'
  | 'whole_collection'
  /** A PUT replaces fields that nobody was shown. */
  | 'whole_object'
  /** The same objects in another version than the one that we speak. */
  | 'other_version'
  | 'not_needed'
  /** Not classified yet. */
  | 'unknown';

const of = (group: string, reason: RefusalClass, plurals: string): readonly [string, RefusalClass][] =>
  plurals.split(' ').map((plural) => [`${group}/${plural}`, reason]);

/** Every resource of Kubernetes 1.36 that is none of ours, and why it is not touched. Keyed by group and plural. */
export const FOREIGN_RESOURCES: ReadonlyMap<string, RefusalClass> = new Map([
  ...of('', 'secret_material', 'secrets'),
  ...of('', 'controllers_own', 'bindings'),
  ...of('', 'not_needed', 'componentstatuses endpoints podtemplates replicationcontrollers'),
  ...of(
    'admissionregistration.k8s.io',
    'access_control',
    'validatingadmissionpolicies validatingadmissionpolicybindings',
  ),
  ...of(
    'admissionregistration.k8s.io',
    'access_control',
    'mutatingadmissionpolicies mutatingadmissionpolicybindings',
  ),
  ...of('apiextensions.k8s.io', 'access_control', 'customresourcedefinitions'),
  ...of('authentication.k8s.io', 'secret_material', 'tokenreviews'),
  ...of('authentication.k8s.io', 'not_needed', 'selfsubjectreviews'),
  ...of('authorization.k8s.io', 'not_needed', 'localsubjectaccessreviews selfsubjectrulesreviews'),
  ...of('certificates.k8s.io', 'secret_material', 'certificatesigningrequests podcertificaterequests'),
  ...of('certificates.k8s.io', 'access_control', 'clustertrustbundles'),
  ...of('coordination.k8s.io', 'controllers_own', 'leases leasecandidates'),
  ...of('events.k8s.io', 'not_needed', 'events'),
  ...of('flowcontrol.apiserver.k8s.io', 'cluster_infrastructure', 'flowschemas prioritylevelconfigurations'),
  ...of('internal.apiserver.k8s.io', 'cluster_infrastructure', 'storageversions'),
  ...of('networking.k8s.io', 'cluster_infrastructure', 'ipaddresses servicecidrs'),
  ...of('node.k8s.io', 'cluster_infrastructure', 'runtimeclasses'),
  ...of('rbac.authorization.k8s.io', 'access_control', 'roles rolebindings clusterroles clusterrolebindings'),
  ...of('resource.k8s.io', 'cluster_infrastructure', 'deviceclasses resourceclaims resourceclaimtemplates'),
  ...of('resource.k8s.io', 'cluster_infrastructure', 'resourceslices devicetaintrules'),
  ...of('scheduling.k8s.io', 'cluster_infrastructure', 'priorityclasses workloads podgroups'),
  ...of('storage.k8s.io', 'cluster_infrastructure', 'volumeattachments csidrivers csinodes'),
  ...of('storage.k8s.io', 'cluster_infrastructure', 'csistoragecapacities volumeattributesclasses'),
  ...of('storagemigration.k8s.io', 'cluster_infrastructure', 'storageversionmigrations'),
]);

/** Every subresource of Kubernetes 1.36, and why it is not touched where nothing else says that it is. */
export const KNOWN_SUBRESOURCES: ReadonlyMap<string, RefusalClass> = new Map<string, RefusalClass>([
  ['approval', 'secret_material'],
  ['attach', 'runs_code'],
  ['binding', 'controllers_own'],
  ['ephemeralcontainers', 'runs_code'],
  ['eviction', 'not_needed'],
  ['exec', 'runs_code'],
  ['finalize', 'cluster_infrastructure'],
  ['log', 'not_needed'],
  ['portforward', 'runs_code'],
  ['proxy', 'runs_code'],
  ['resize', 'not_needed'],
  ['scale', 'controllers_own'],
  ['status', 'controllers_own'],
  ['token', 'secret_material'],
]);

/** Of our own kinds: whom a write belongs to that is not ours to make. */
export const NOT_OURS_TO_WRITE: Readonly<Record<string, RefusalClass>> = {
  Namespace: 'cluster_infrastructure',
  Node: 'cluster_infrastructure',
  ResourceQuota: 'cluster_infrastructure',
  Pod: 'controllers_own',
  Event: 'controllers_own',
  ReplicaSet: 'controllers_own',
  ControllerRevision: 'controllers_own',
  EndpointSlice: 'controllers_own',
  PersistentVolume: 'cluster_infrastructure',
  StorageClass: 'cluster_infrastructure',
  IngressClass: 'cluster_infrastructure',
  LimitRange: 'cluster_infrastructure',
  ServiceAccount: 'access_control',
  ValidatingWebhookConfiguration: 'access_control',
  MutatingWebhookConfiguration: 'access_control',
  APIService: 'access_control',
};
