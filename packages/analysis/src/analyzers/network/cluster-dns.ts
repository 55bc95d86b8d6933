import type { PodView, ServiceView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** Who answers for the names of the cluster. */
export interface ClusterDns {
  readonly services: readonly ServiceView[];
  /** The pods behind it and the caches on the nodes that stand before it. */
  readonly pods: readonly PodView[];
  /** The ports on which its pods listen, by number. */
  readonly ports: readonly number[];
}

const NODE_CACHE = 'node-local-dns';
const DNS_PORT = 53;

/** Whether a Service is the cluster's DNS: `kube-dns` in kube-system, what carries its label there, or that of OpenShift. */
export function isClusterDns({ namespace, name, labels }: ServiceView): boolean {
  if (namespace === 'openshift-dns') return name === 'dns-default';
  return namespace === 'kube-system' && (name === 'kube-dns' || labels['k8s-app'] === 'kube-dns');
}

/** The DNS of a cluster, found once. Everything in it is empty where it runs elsewhere. */
export const clusterDns = oncePerSnapshot((index: SnapshotIndex): ClusterDns => {
  const services = index.services.filter(isClusterDns);
  const behind = services.flatMap((service) => index.podsSelectedBy(service));
  const caches = index.pods.filter(
    ({ namespace, labels }) => namespace === 'kube-system' && labels['k8s-app'] === NODE_CACHE,
  );
  const targets = services.flatMap(({ ports }) => ports.map(({ targetPort }) => Number(targetPort)));
  const ports = new Set([DNS_PORT, ...targets.filter((port) => Number.isInteger(port))]);
  return { services, pods: [...new Set([...behind, ...caches])], ports: [...ports] };
});
