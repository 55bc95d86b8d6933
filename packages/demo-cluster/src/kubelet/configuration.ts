import type { ConfigMap, Container, Pod } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** A container's environment, or why the kubelet cannot build it, in the kubelet's words. */
export type Environment =
  | { readonly kind: 'ready'; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: 'incomplete'; readonly message: string };

/** Resolves `env` and `envFrom` from ConfigMaps. Secrets are not served: their values are empty. */
export function resolveEnvironment(store: ObjectStore, pod: Pod, container: Container): Environment {
  const variables: Record<string, string> = {};
  for (const { prefix = '', configMapRef } of container.envFrom ?? []) {
    if (configMapRef === undefined) continue;
    const map = findConfigMap(store, pod, configMapRef.name);
    if (map === undefined && configMapRef.optional !== true) return missingMap(configMapRef.name);
    for (const [key, value] of Object.entries(map?.data ?? {})) variables[`${prefix}${key}`] = value;
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const reference = valueFrom?.configMapKeyRef;
    if (reference === undefined) {
      variables[name] = value ?? '';
      continue;
    }
    const map = findConfigMap(store, pod, reference.name);
    if (map === undefined && reference.optional !== true) return missingMap(reference.name);
    const found = map?.data?.[reference.key];
    if (found === undefined && reference.optional !== true) {
      const message = `couldn't find key ${reference.key} in ConfigMap ${pod.metadata.namespace}/${reference.name}`;
      return { kind: 'incomplete', message };
    }
    if (found !== undefined) variables[name] = found;
  }
  return { kind: 'ready', variables };
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
