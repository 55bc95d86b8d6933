/** An object as somebody applies it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [field: string]: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

const IMAGE = 'registry.example/shop/web:1.0.0';

const PLACES: Readonly<Record<string, readonly [api: string, plural: string]>> = {
  Namespace: ['/api/v1', 'namespaces'],
  Node: ['/api/v1', 'nodes'],
  Pod: ['/api/v1', 'pods'],
  Service: ['/api/v1', 'services'],
  ConfigMap: ['/api/v1', 'configmaps'],
  ResourceQuota: ['/api/v1', 'resourcequotas'],
  LimitRange: ['/api/v1', 'limitranges'],
  PersistentVolumeClaim: ['/api/v1', 'persistentvolumeclaims'],
  Deployment: ['/apis/apps/v1', 'deployments'],
  StatefulSet: ['/apis/apps/v1', 'statefulsets'],
  DaemonSet: ['/apis/apps/v1', 'daemonsets'],
  Job: ['/apis/batch/v1', 'jobs'],
  CronJob: ['/apis/batch/v1', 'cronjobs'],
  HorizontalPodAutoscaler: ['/apis/autoscaling/v2', 'horizontalpodautoscalers'],
};
const CLUSTER_WIDE: ReadonlySet<string> = new Set(['Namespace', 'Node']);

/** Where the API serves the objects of a kind. */
export function pathOf(kind: string, namespace: string): string {
  const place = PLACES[kind];
  if (place === undefined) throw new Error(`no scenario knows where ${kind} objects are`);
  const [api, plural] = place;
  return CLUSTER_WIDE.has(kind) ? `${api}/${plural}` : `${api}/namespaces/${namespace}/${plural}`;
}

function manifest(kind: string, name: string, fields: Fields, metadata: Fields = {}): Manifest {
  const api = PLACES[kind]?.[0] ?? '';
  const apiVersion = api.replace(/^\/apis?\//, '');
  return { apiVersion, kind, metadata: { name, ...metadata }, ...fields };
}

/** The one container of most scenarios: small, with room for what its cache needs. */
function container(more: Fields = {}): Fields {
  return {
    name: 'web',
    image: IMAGE,
    ports: [{ containerPort: 8080 }],
    env: [{ name: 'CACHE_SIZE_MIB', value: '48' }],
    resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory: '64Mi' } },
    ...more,
  };
}

export interface WorkloadOptions {
  readonly replicas?: number;
  readonly container?: Fields;
  readonly pod?: Fields;
  readonly spec?: Fields;
  readonly metadata?: Fields;
}

/** What a template says; also the body of a patch that changes it. */
export function template(name: string, options: WorkloadOptions): Fields {
  return {
    metadata: { labels: { app: name } },
    spec: { containers: [container(options.container)], ...options.pod },
  };
}

/** A workload of pods labelled `app=<name>`. */
export function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  name: string,
  options: WorkloadOptions = {},
): Manifest {
  const { replicas = 2, spec, metadata } = options;
  return manifest(
    kind,
    name,
    {
      spec: {
        ...(kind !== 'DaemonSet' && { replicas }),
        ...(kind === 'StatefulSet' && { serviceName: name }),
        selector: { matchLabels: { app: name } },
        template: template(name, options),
        ...spec,
      },
    },
    metadata,
  );
}

export function service(name: string): Manifest {
  const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
  return manifest('Service', name, { spec: { selector: { app: name }, ports } });
}

export function configMap(name: string, data: Readonly<Record<string, string>>): Manifest {
  return manifest('ConfigMap', name, { data });
}

/** A Job of one pod that is not restarted. */
export function job(name: string, options: WorkloadOptions = {}): Manifest {
  return manifest('Job', name, { spec: jobSpec(options) });
}

export function cronJob(name: string, options: WorkloadOptions = {}): Manifest {
  const spec = {
    schedule: '* * * * *',
    jobTemplate: { spec: jobSpec({ container: options.container ?? {}, pod: options.pod ?? {} }) },
  };
  return manifest('CronJob', name, { spec: { ...spec, ...options.spec } });
}

function jobSpec({ container: more = {}, pod, spec }: WorkloadOptions): Fields {
  const only = container({ image: 'registry.example/shop/report:once-1', ...more });
  return {
    backoffLimit: 1,
    template: { spec: { restartPolicy: 'Never', containers: [only], ...pod } },
    ...spec,
  };
}

export function autoscaler(name: string, minReplicas: number, maxReplicas: number): Manifest {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name };
  return manifest('HorizontalPodAutoscaler', name, { spec: { scaleTargetRef, minReplicas, maxReplicas } });
}

export function limitRange(memory: string): Manifest {
  return manifest('LimitRange', 'sizes', { spec: { limits: [{ type: 'Container', max: { memory } }] } });
}

export function quota(hard: Readonly<Record<string, string>>): Manifest {
  return manifest('ResourceQuota', 'team', { spec: { hard } });
}

export function claim(name: string): Manifest {
  return manifest('PersistentVolumeClaim', name, {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
}

export function barePod(name: string, more: Fields): Manifest {
  return manifest('Pod', name, { spec: { containers: [container(more)] } });
}
