import type { ContainerPortView, PodSpecView, ServicePortView, ServiceView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** Whether a Service port sends to a number and not to a name. */
export function isNumbered(port: ServicePortView): boolean {
  return /^\d{1,5}$/.test(port.targetPort);
}

/** The container port that a Service port sends to, by name and protocol as kube-proxy's endpoints are found, or by number. */
export function findTarget(spec: PodSpecView, port: ServicePortView): ContainerPortView | undefined {
  return portsOf(spec).find(
    (declared) =>
      declared.protocol === port.protocol &&
      (isNumbered(port) ? String(declared.port) === port.targetPort : declared.name === port.targetPort),
  );
}

/** The ports that the containers of a pod declare. */
export function portsOf(spec: PodSpecView): readonly ContainerPortView[] {
  return spec.containers.flatMap((container) => container.ports);
}

/** What the pods behind a Service are made from, each once; their workloads' templates where there are no pods now. */
export function selectedSpecs(index: SnapshotIndex, service: ServiceView): readonly PodSpecView[] {
  const pods = index
    .podsSelectedBy(service)
    .filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  const specs =
    pods.length > 0
      ? pods.map((pod) => pod.spec)
      : index.workloadsSelectedBy(service).map((workload) => workload.template.spec);
  return [...new Set(specs)].filter((spec) => spec.containers.length > 0);
}

/** A Service port as people call it: `http`, or its number where it has no name. */
export function nameOfPort(port: ServicePortView): string {
  return port.name === '' ? String(port.port) : toSingleLine(port.name, 63);
}
