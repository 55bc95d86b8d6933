import type { ContainerPortView, ContainerSpecView, ProbeView, SecurityView } from '@jamie/core';
import { listOf, numberOf, objectOf, type RawObject } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** The API server's own defaults. */
const DEFAULT_PERIOD_S = 10;
const DEFAULT_TIMEOUT_S = 1;
const DEFAULT_FAILURES = 3;

/** The containers of a pod spec, init containers first. A sidecar (an init container that restarts always) is none. */
export function toContainerSpecViews(spec: RawObject, sharing: Sharing): readonly ContainerSpecView[] {
  const init = listOf(spec['initContainers'])
    .map(objectOf)
    .map((item) => toContainerSpecView(item, item['restartPolicy'] !== 'Always', sharing));
  const main = listOf(spec['containers']).map((item) => toContainerSpecView(objectOf(item), false, sharing));
  return [...init, ...main];
}

/** Undefined where nothing is said. */
export function toSecurityView(value: unknown, sharing: Sharing): SecurityView | undefined {
  if (value === undefined || value === null) return undefined;
  const context = objectOf(value);
  const { runAsUser } = context;
  return {
    ...flag(context, 'runAsNonRoot'),
    ...(typeof runAsUser === 'number' && { runAsUser }),
    ...flag(context, 'privileged'),
    ...flag(context, 'allowPrivilegeEscalation'),
    ...flag(context, 'readOnlyRootFilesystem'),
    addedCapabilities: listOf(objectOf(context['capabilities'])['add']).map((name) => sharing.text(name)),
  };
}

function flag<Name extends keyof SecurityView>(context: RawObject, name: Name): Partial<SecurityView> {
  const value = context[name];
  return typeof value === 'boolean' ? { [name]: value } : {};
}

function toContainerSpecView(container: RawObject, isInit: boolean, sharing: Sharing): ContainerSpecView {
  const resources = objectOf(container['resources']);
  const security = toSecurityView(container['securityContext'], sharing);
  return {
    name: sharing.text(container['name']),
    image: sharing.text(container['image']),
    isInit,
    pullPolicy: sharing.text(container['imagePullPolicy']),
    ports: listOf(container['ports']).map((item) => toPort(objectOf(item), sharing)),
    requests: sharing.texts(resources['requests']),
    limits: sharing.texts(resources['limits']),
    probes: {
      ...probe('readiness', container['readinessProbe']),
      ...probe('liveness', container['livenessProbe']),
      ...probe('startup', container['startupProbe']),
    },
    ...(security !== undefined && { security }),
  };
}

function toPort({ name, containerPort, protocol }: RawObject, sharing: Sharing): ContainerPortView {
  return {
    name: sharing.text(name),
    port: numberOf(containerPort),
    protocol: sharing.text(protocol) || 'TCP',
  };
}

function probe(
  name: keyof ContainerSpecView['probes'],
  value: unknown,
): Partial<ContainerSpecView['probes']> {
  if (value === undefined || value === null) return {};
  const fields = objectOf(value);
  const { httpGet, tcpSocket, grpc } = fields;
  const { port } = objectOf(httpGet ?? tcpSocket ?? grpc);
  const view: ProbeView = {
    port: port === undefined ? '' : String(port),
    periodSeconds: numberOf(fields['periodSeconds'], DEFAULT_PERIOD_S),
    timeoutSeconds: numberOf(fields['timeoutSeconds'], DEFAULT_TIMEOUT_S),
    initialDelaySeconds: numberOf(fields['initialDelaySeconds']),
    failureThreshold: numberOf(fields['failureThreshold'], DEFAULT_FAILURES),
  };
  return { [name]: view };
}
