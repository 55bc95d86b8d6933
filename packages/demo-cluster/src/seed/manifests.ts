import type { Container, DeploymentSpec, PodSpec } from '../objects.ts';

/** An object as somebody applies it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export interface AppOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly replicas?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly memoryLimit?: string;
  readonly team?: string;
  readonly changeCause?: string;
  readonly strategy?: DeploymentSpec['strategy'];
  readonly progressDeadlineSeconds?: number;
  /** The readiness path; default `/readyz`. */
  readonly readinessPath?: string;
  readonly container?: Partial<Container>;
  readonly pod?: Partial<PodSpec>;
}

/** A Deployment of one container with a readiness probe, requests and a memory limit. */
export function deployment(options: AppOptions): Manifest {
  const { namespace, name, replicas = 2, changeCause, strategy, progressDeadlineSeconds } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      labels: labelsOf(options),
      ...(changeCause === undefined ? {} : { annotations: { 'kubernetes.io/change-cause': changeCause } }),
    },
    spec: {
      replicas,
      ...(strategy === undefined ? {} : { strategy }),
      ...(progressDeadlineSeconds === undefined ? {} : { progressDeadlineSeconds }),
      selector: { matchLabels: { app: name } },
      template: podTemplate(options),
    },
  };
}

/** A StatefulSet with the same kind of pod. */
export function statefulSet(options: AppOptions): Manifest {
  const { namespace, name, replicas = 2 } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: labelsOf(options) },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: podTemplate(options),
    },
  };
}

/** A DaemonSet with the same kind of pod. */
export function daemonSet(options: AppOptions): Manifest {
  const { namespace, name } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels: labelsOf(options) },
    spec: { selector: { matchLabels: { app: name } }, template: podTemplate(options) },
  };
}

export interface ScheduledOptions {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** Cron schedule, UTC. */
  readonly schedule: string;
  readonly backoffLimit: number;
  readonly team: string;
}

/** A CronJob of one container that runs to its end. */
export function cronJob({
  namespace,
  name,
  image,
  schedule,
  backoffLimit,
  team,
}: ScheduledOptions): Manifest {
  const labels = { app: name, team };
  const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace, labels },
    spec: {
      schedule,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit,
          template: {
            metadata: { labels },
            spec: { restartPolicy: 'Never', containers: [{ name, image, resources }] },
          },
        },
      },
    },
  };
}

/** A ClusterIP Service on port 80 for the pods labelled `app=<selects>`. */
export function service(namespace: string, name: string, selects = name): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { app: name } },
    spec: { selector: { app: selects }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

/** A Deployment and its Service. */
export function app(options: AppOptions): readonly Manifest[] {
  return [deployment(options), service(options.namespace, options.name)];
}

export function configMap(namespace: string, name: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

function labelsOf({ name, team }: AppOptions): Readonly<Record<string, string>> {
  return { app: name, ...(team === undefined ? {} : { team }) };
}

function podTemplate(options: AppOptions): object {
  const { name, image, port, cpu = '100m', memory = '128Mi', memoryLimit = '256Mi' } = options;
  return {
    metadata: { labels: labelsOf(options) },
    spec: {
      containers: [
        {
          name,
          image,
          ports: [{ name: 'http', containerPort: port }],
          resources: { requests: { cpu, memory }, limits: { memory: memoryLimit } },
          readinessProbe: { httpGet: { path: options.readinessPath ?? '/readyz', port: 'http' } },
          ...options.container,
        },
      ],
      ...options.pod,
    },
  };
}
