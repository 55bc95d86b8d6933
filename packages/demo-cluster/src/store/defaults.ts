import type { Container, PodSpec, Probe, StoredObject } from '../objects.ts';

type Fields = Readonly<Record<string, unknown>>;
type Defaulter = (object: Fields) => Fields;

const DEFAULTERS: Readonly<Record<string, Defaulter>> = {
  Pod: (object) => withSpec(object, (spec) => ({ ...podSpecDefaults(spec as unknown as PodSpec) })),
  Deployment: (object) => withSpec(object, deploymentDefaults),
  ReplicaSet: (object) => withSpec(object, (spec) => ({ replicas: 1, ...withTemplate(spec) })),
  StatefulSet: (object) =>
    withSpec(object, (spec) => ({
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
      ...withTemplate(spec),
    })),
  DaemonSet: (object) =>
    withSpec(object, (spec) => ({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
      ...withTemplate(spec),
    })),
  Service: (object) => withSpec(object, serviceDefaults),
  Job: (object) => withSpec(object, jobDefaults),
  CronJob: (object) => withSpec(object, cronJobDefaults),
  HorizontalPodAutoscaler: (object) => withSpec(object, (spec) => ({ minReplicas: 1, ...spec })),
  PersistentVolumeClaim: (object) => withSpec(object, (spec) => ({ volumeMode: 'Filesystem', ...spec })),
  NetworkPolicy: (object) => withSpec(object, (spec) => ({ policyTypes: policyTypesOf(spec), ...spec })),
  Namespace: (object) => ({
    ...object,
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
};

/** Fills in what the API server fills in when a field is left out. Pure. */
export function withDefaults<T extends Pick<StoredObject, 'kind'>>(object: T): T {
  const defaulter = DEFAULTERS[object.kind];
  return defaulter === undefined ? object : (defaulter(object as unknown as Fields) as unknown as T);
}

function withSpec(object: Fields, change: (spec: Fields) => Fields): Fields {
  return { ...object, spec: change((object['spec'] ?? {}) as Fields) };
}

function jobDefaults(spec: Fields): Fields {
  return {
    ...(spec['parallelism'] === undefined && spec['completions'] === undefined
      ? { parallelism: 1, completions: 1 }
      : { parallelism: 1 }),
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    ...withTemplate(spec),
  };
}

function cronJobDefaults(spec: Fields): Fields {
  const jobTemplate = (spec['jobTemplate'] ?? {}) as Fields;
  const jobSpec = (jobTemplate['spec'] ?? {}) as Fields;
  return {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    ...spec,
    jobTemplate: { ...jobTemplate, spec: withTemplate(jobSpec) },
  };
}

function policyTypesOf(spec: Fields): readonly string[] {
  return spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
}

function withTemplate(spec: Fields): Fields {
  const template = spec['template'] as { readonly spec?: PodSpec } | undefined;
  if (template?.spec === undefined) return spec;
  return { ...spec, template: { ...template, spec: podSpecDefaults(template.spec) } };
}

function deploymentDefaults(spec: Fields): Fields {
  const strategy = (spec['strategy'] ?? {}) as Fields;
  const type = strategy['type'] ?? 'RollingUpdate';
  const rollingUpdate = {
    maxUnavailable: '25%',
    maxSurge: '25%',
    ...(strategy['rollingUpdate'] as Fields | undefined),
  };
  return {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...withTemplate(spec),
    strategy: type === 'RollingUpdate' ? { type, rollingUpdate } : { type },
  };
}

function podSpecDefaults(spec: PodSpec): PodSpec {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    ...{ dnsPolicy: 'ClusterFirst', securityContext: {}, schedulerName: 'default-scheduler' },
    ...spec,
    ...(Array.isArray(spec.containers) ? { containers: spec.containers.map(containerDefaults) } : {}),
    ...(Array.isArray(spec.initContainers)
      ? { initContainers: spec.initContainers.map(containerDefaults) }
      : {}),
  };
}

function containerDefaults(container: Container): Container {
  return {
    ...{ terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
    imagePullPolicy: isLatest(container.image) ? 'Always' : 'IfNotPresent',
    resources: {},
    ...container,
    ...(container.ports === undefined
      ? {}
      : { ports: container.ports.map((port) => ({ protocol: 'TCP', ...port })) }),
    ...probes(container),
  };
}

function isLatest(image: string | undefined): boolean {
  const last =
    String(image ?? '')
      .split('/')
      .at(-1) ?? '';
  return !last.includes('@') && (!last.includes(':') || last.endsWith(':latest'));
}

function probes(container: Container): Partial<Container> {
  const names = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const probe = container[name];
      return probe === undefined ? [] : [[name, probeDefaults(probe)]];
    }),
  );
}

function probeDefaults(probe: Probe): Probe {
  return {
    ...{ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
    ...probe,
    ...(probe.httpGet === undefined ? {} : { httpGet: { scheme: 'HTTP', path: '/', ...probe.httpGet } }),
  };
}

function serviceDefaults(spec: Fields): Fields {
  const ports = (spec['ports'] ?? []) as readonly Fields[];
  return {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    ...spec,
    ports: ports.map((port) => ({ protocol: 'TCP', targetPort: port['port'], ...port })),
  };
}
