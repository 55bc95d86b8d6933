import type { ConfigMapUse, ConfigMapView } from '@jamie/core';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** Who uses which part of a ConfigMap: pods, the templates of workloads and those of CronJobs between their runs. */
export interface ConfigMapUses {
  /** Those that people make and keep: not owned by another object, not the cluster's own. */
  readonly kept: readonly ConfigMapView[];
  /** The keys that are used: all of them, only some, or none. */
  usedKeysOf(map: ConfigMapView): 'all' | ReadonlySet<string>;
}

/** The kinds that tell who uses a ConfigMap. */
export const CONFIG_MAP_USERS = [
  'ConfigMap',
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
] as const;

/** The cluster's own components read theirs through the API, as no object shows. */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
/** Every namespace gets one of these from Kubernetes or a service mesh. */
const DISTRIBUTED: ReadonlySet<string> = new Set([
  'kube-root-ca.crt',
  'openshift-service-ca.crt',
  'istio-ca-root-cert',
]);

/** Arranges the uses of ConfigMaps. */
export const configMapUsesOf = oncePerSnapshot((index: SnapshotIndex): ConfigMapUses => {
  const used = new Map<string, 'all' | Set<string>>();
  const note = (namespace: string, { name, key }: ConfigMapUse) => {
    const id = `${namespace}/${name}`;
    const known = used.get(id);
    if (known === 'all') return;
    if (key === undefined) used.set(id, 'all');
    else if (known === undefined) used.set(id, new Set([key]));
    else known.add(key);
  };
  for (const { namespace, spec } of index.pods) for (const use of spec.configMaps) note(namespace, use);
  for (const { namespace, template } of [...index.workloads, ...index.cronJobs]) {
    for (const use of template.spec.configMaps) note(namespace, use);
  }
  return {
    kept: inStableOrder(index.snapshot.objects.ConfigMap).filter(isKept),
    usedKeysOf: ({ namespace, name }) => used.get(`${namespace}/${name}`) ?? new Set<string>(),
  };
});

function isKept({ namespace, name, owner, deletingSince }: ConfigMapView): boolean {
  if (owner !== undefined || deletingSince !== undefined) return false;
  return !SYSTEM_NAMESPACES.has(namespace) && !DISTRIBUTED.has(name);
}
