import { isDeepStrictEqual } from 'node:util';
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { EndpointSlice, KubeService, Pod } from '../objects.ts';
import { isPodReady } from './pod-readiness.ts';
import { controllerReference, createObject, ownedBy, type World, writeObject } from './world.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const MANAGED_LABEL = 'endpointslice.kubernetes.io/managed-by';

/** Keeps the one EndpointSlice of a Service equal to the pods that its selector finds. */
export function reconcileEndpoints(world: World, service: KubeService): void {
  const { selector } = service.spec;
  if (selector === undefined || Object.keys(selector).length === 0) return;
  const { name, namespace } = service.metadata;
  const pods = (world.store.list('pods', namespace) as readonly Pod[]).filter(
    (pod) =>
      pod.status.podIP !== undefined &&
      pod.status.phase !== 'Succeeded' &&
      pod.status.phase !== 'Failed' &&
      matchesLabelSelector({ matchLabels: selector }, pod.metadata.labels),
  );
  const content = {
    addressType: 'IPv4',
    endpoints: pods.map(endpointOf),
    ports: pods.length === 0 ? null : portsOf(service, pods[0]),
  };
  const slice = ownedBy<EndpointSlice>(world, 'endpointslices', service)[0];
  if (slice === undefined) {
    createObject(world, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${world.random.suffix(5)}`,
        generateName: `${name}-`,
        ...(namespace === undefined ? {} : { namespace }),
        generation: 1,
        labels: { [MANAGED_LABEL]: 'endpointslice-controller.k8s.io', [SERVICE_LABEL]: name },
        ownerReferences: controllerReference(service),
      },
      ...content,
    } as Parameters<typeof createObject>[1]);
    return;
  }
  if (isDeepStrictEqual({ ...slice, ...content }, slice)) return;
  writeObject(world, { ...slice, ...content } as unknown as EndpointSlice, true);
}

function endpointOf(pod: Pod): object {
  const isTerminating = pod.metadata.deletionTimestamp !== undefined;
  const isReady = isPodReady(pod);
  return {
    addresses: [pod.status.podIP],
    conditions: { ready: isReady && !isTerminating, serving: isReady, terminating: isTerminating },
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
    nodeName: pod.spec.nodeName,
  };
}

function portsOf(service: KubeService, pod: Pod | undefined): readonly object[] {
  return (service.spec.ports ?? []).flatMap(({ name = '', port, targetPort = port, protocol = 'TCP' }) => {
    const number = typeof targetPort === 'number' ? targetPort : namedPort(pod, targetPort);
    return number === undefined ? [] : [{ name, port: number, protocol }];
  });
}

function namedPort(pod: Pod | undefined, name: string): number | undefined {
  return pod?.spec.containers.flatMap((container) => container.ports ?? []).find((port) => port.name === name)
    ?.containerPort;
}
