import type { ConfigMap, Container, EnvironmentVariable, Pod } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** A container's environment, or why the kubelet cannot build it, in the kubelet's words. */
export type Environment =
  | { readonly kind: 'ready'; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: 'incomplete'; readonly message: string };

/** Resolves `env` and `envFrom` from ConfigMaps. Secrets are not served: their values are empty. */
export function resolveEnvironment(store: ObjectStore, pod: Pod, container: Container): Environment {
  const variables: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const resolved = resolveSource(store, pod, source);
    if (resolved.kind === 'incomplete') return resolved;
    Object.assign(variables, resolved.variables);
  }
  for (const variable of container.env ?? []) {
    const resolved = resolveVariable(store, pod, variable);
    if (resolved.kind === 'incomplete') return resolved;
    Object.assign(variables, resolved.variables);
  }
  return { kind: 'ready', variables };
}

function resolveSource(
  store: ObjectStore,
  pod: Pod,
  { prefix = '', configMapRef }: NonNullable<Container['envFrom']>[number],
): Environment {
  if (configMapRef === undefined) return { kind: 'ready', variables: {} };
  const map = findConfigMap(store, pod, configMapRef.name);
  if (map === undefined && configMapRef.optional !== true) return missingMap(configMapRef.name);
  const entries = Object.entries(map?.data ?? {}).map(([key, value]) => [`${prefix}${key}`, value]);
  return { kind: 'ready', variables: Object.fromEntries(entries) };
}

function resolveVariable(
  store: ObjectStore,
  pod: Pod,
  { name, value = '', valueFrom }: EnvironmentVariable,
): Environment {
  const reference = valueFrom?.configMapKeyRef;
  if (reference === undefined) return { kind: 'ready', variables: { [name]: value } };
  const map = findConfigMap(store, pod, reference.name);
  const found = map?.data?.[reference.key];
  if (found !== undefined) return { kind: 'ready', variables: { [name]: found } };
  if (reference.optional === true) return { kind: 'ready', variables: {} };
  if (map === undefined) return missingMap(reference.name);
  const place = `${pod.metadata.namespace}/${reference.name}`;
  return { kind: 'incomplete', message: `couldn't find key ${reference.key} in ConfigMap ${place}` };
}

/** The first volume whose ConfigMap is missing, or undefined when all can be mounted. */
export function findUnmountable(
  store: ObjectStore,
  pod: Pod,
): { readonly volume: string; readonly message: string } | undefined {
  for (const { name, configMap } of pod.spec.volumes ?? []) {
    if (configMap?.name === undefined || configMap.optional === true) continue;
    if (findConfigMap(store, pod, configMap.name) !== undefined) continue;
    return { volume: name, message: `configmap "${configMap.name}" not found` };
  }
  return undefined;
}

function findConfigMap(store: ObjectStore, pod: Pod, name: string): ConfigMap | undefined {
  return store.get('configmaps', pod.metadata.namespace, name) as ConfigMap | undefined;
}

function missingMap(name: string): Environment {
  return { kind: 'incomplete', message: `configmap "${name}" not found` };
}
