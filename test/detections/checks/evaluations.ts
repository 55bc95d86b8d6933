import { checksOf } from '../known-check.ts';

/**
 * The families of HolmesGPT's evaluations that take a detection in Kubernetes. Those about an application's own
 * systems (slow queries, brokers, metrics) and about how an answer behaves are none.
 */
const holmesChecks = checksOf('HolmesGPT', [
  ['crashpod', 'container that crashes'],
  ['image pull', 'image that cannot be pulled'],
  ['init containers', 'init container that fails'],
  ['job crash', 'Job whose pods crash, even when they are gone'],
  ['pending by node selector', 'pod whose node selector fits no node'],
  ['pending by resources', 'pod that no node has room for'],
  ['failed readiness', 'container whose readiness probe fails'],
  ['OOM', 'container out of memory, also from its history'],
  ['misconfigured PVC', 'claim that cannot be bound'],
  ['storage class mismatch', 'claim of a StorageClass that does not fit'],
  ['ingress class', 'Ingress of a class that nobody serves'],
  ['misconfigured liveness', 'liveness probe that kills a healthy container'],
  ['no service account', 'ServiceAccount that is missing'],
  ['permissions error', 'rights that are missing'],
  ['config-change impact', 'fault that began with a change of configuration'],
  ['network flapping', 'endpoints that come and go'],
  ['service discovery', 'Service that does not lead to its pods'],
  ['cpu limits missing', 'container without CPU limits'],
  ['quota exceeded', 'quota that keeps pods from being made'],
  ['configmap mount', 'ConfigMap of a volume that is missing'],
  ['configmap that looks like a secret', 'ConfigMap that holds what should be secret'],
  ['service-account denied', 'ServiceAccount that may not do what it tries'],
  ['anti-affinity conflict', 'pods that must not stand together and have no room apart'],
  ['secret missing', 'Secret that pods need and that is missing'],
  ['NetworkPolicy blocking', 'NetworkPolicy that blocks a path'],
  ['HPA not scaling', 'autoscaler that cannot scale'],
  ['KEDA-vs-HPA confusion', 'autoscaler that KEDA owns'],
  ['disk full StatefulSet', 'volume of a StatefulSet that is full'],
  ['cascading failures', 'one fault that brings others about'],
  ['memory leak', 'memory that only grows'],
  ['DNS', 'names that cannot be resolved'],
]);

const openSreChecks = checksOf('OpenSRE', [
  ['001-oomkilled-crashloop', 'container out of memory again and again'],
  ['002-image-pull-backoff', 'image that cannot be pulled'],
  ['003-pending-insufficient-resources', 'pod that no node has room for'],
  ['004-liveness-probe-killing', 'container that its liveness probe kills'],
  ['005-resource-quota-exceeded', 'quota that keeps pods from being made'],
  ['006-dns-resolution-failure', 'names that cannot be resolved'],
  ['007-node-not-ready', 'node that is not ready'],
  ['008-deployment-rollout-stuck', 'rollout that stands still'],
]);

const benchChecks = checksOf('k8s-ai-bench', [
  ['fix-crashloop', 'container that crashes'],
  ['fix-image-pull', 'image that cannot be pulled'],
  ['fix-oomkilled', 'container out of memory'],
  ['fix-pending-pod', 'pod that cannot be scheduled'],
  ['fix-probes', 'probe that asks the wrong port or path'],
  ['fix-rbac-wrong-resource', 'Role that names the wrong resource'],
  ['fix-service-routing', 'Service whose selector fits other pods'],
  ['fix-service-with-no-endpoints', 'Service without endpoints'],
]);

const botkubeChecks = checksOf('botkube', [
  ['latest tag', 'image with the tag latest'],
  ['pod without labels', 'pod without labels'],
  ['ingress backend invalid', 'Ingress to a Service that does not exist'],
  ['ingress TLS secret invalid', 'Ingress whose certificate is missing'],
]);

/** Detections that evaluation suites and smaller tools name. */
export const evaluationChecks = [...holmesChecks, ...openSreChecks, ...benchChecks, ...botkubeChecks];
