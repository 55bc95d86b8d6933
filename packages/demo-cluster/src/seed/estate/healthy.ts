import type { Program } from '../../kubelet/program.ts';
import { image, server, serverRun } from '../images.ts';
import { app, daemonSet, type Manifest, service, statefulSet } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

interface Row {
  readonly namespace: string;
  readonly name: string;
  readonly tag: string;
  readonly replicas: number;
  readonly port: number;
  readonly daysAgo: number;
  readonly cpu?: string;
}

/** What runs well: neighbours of the faulty workloads, alike in name, labels and shape. */
const ROWS: readonly Row[] = [
  { namespace: 'payments', name: 'api', tag: '8.12.0', replicas: 3, port: 8080, daysAgo: 9, cpu: '200m' },
  { namespace: 'payments', name: 'checkout-worker', tag: '2.4.0', replicas: 2, port: 8080, daysAgo: 16 },
  { namespace: 'payments', name: 'fraud-model', tag: '5.0.4', replicas: 2, port: 8080, daysAgo: 21 },
  { namespace: 'shop', name: 'storefront', tag: '14.2.1', replicas: 4, port: 3000, daysAgo: 3 },
  { namespace: 'shop', name: 'catalog', tag: '6.1.0', replicas: 3, port: 8080, daysAgo: 12 },
  { namespace: 'shop', name: 'search', tag: '3.1.0', replicas: 2, port: 8080, daysAgo: 30 },
  { namespace: 'shop', name: 'promotions-admin', tag: '1.18.2', replicas: 1, port: 8080, daysAgo: 26 },
  { namespace: 'platform', name: 'gateway', tag: '4.4.9', replicas: 2, port: 8443, daysAgo: 40 },
  { namespace: 'platform', name: 'auth', tag: '11.0.2', replicas: 2, port: 8080, daysAgo: 18 },
  { namespace: 'platform', name: 'notifications', tag: '2.9.1', replicas: 2, port: 8080, daysAgo: 14 },
  { namespace: 'data', name: 'report-api', tag: '1.6.0', replicas: 2, port: 8080, daysAgo: 33 },
  { namespace: 'analytics', name: 'dashboard', tag: '0.31.4', replicas: 1, port: 8080, daysAgo: 11 },
];

const LEDGER = image('payments-ledger', '3.7.0');
const COREDNS = 'registry.k8s.io/coredns/coredns:v1.13.1';
const KUBE_PROXY = 'registry.k8s.io/kube-proxy:v1.36.3';
const LOG_AGENT = image('log-agent', '2.2.0');
const CACHE = image('cache', '7.4.2');
const THUMBNAILS = image('shop-thumbnails', '2.0.3');

/** Waits for its database on the very first start of a pod, gives up once, and then runs for good. */
const ledger: Program = ({ restartCount }) => {
  const run = serverRun({ name: 'ledger', port: 8080, memoryMebibytes: 140 });
  if (restartCount > 0) return run;
  const refused =
    '{"time":"{time}","level":"error","service":"ledger","msg":"dial ledger-db:5432: connection refused"}';
  return { ...run, output: [{ afterMs: 600, text: refused }], exit: { afterMs: 700, code: 1 } };
};

function imageOf({ namespace, name, tag }: Row): string {
  return image(`${namespace}-${name}`, tag);
}

function appOf(row: Row): readonly Manifest[] {
  const { namespace, name, replicas, port, cpu } = row;
  const size = cpu === undefined ? {} : { cpu };
  return app({ namespace, name, replicas, port, image: imageOf(row), team: namespace, ...size });
}

export const HEALTHY: Scenario = {
  images: {
    ...Object.fromEntries(ROWS.map((row) => [imageOf(row), server({ name: row.name, port: row.port })])),
    [LEDGER]: ledger,
    [COREDNS]: server({ name: 'coredns', port: 8181, paths: ['/ready'], chatter: [] }),
    [KUBE_PROXY]: server({ name: 'kube-proxy', port: 10256, chatter: [] }),
    [LOG_AGENT]: server({ name: 'log-agent', port: 2020, chatterEveryMs: 30_000 }),
    [THUMBNAILS]: server({ name: 'thumbnails', port: 8080 }),
    [CACHE]: server({ name: 'cache', port: 6379, chatter: ['background saving terminated with success'] }),
  },
  steps: [
    {
      minutesAgo: 60 * MINUTES_PER_DAY,
      apply: [
        ...app({
          namespace: 'kube-system',
          name: 'coredns',
          image: COREDNS,
          port: 8181,
          readinessPath: '/ready',
        }),
        daemonSet({
          namespace: 'kube-system',
          name: 'kube-proxy',
          image: KUBE_PROXY,
          port: 10256,
          readinessPath: '/healthz',
          pod: { tolerations: [{ operator: 'Exists' }] },
        }),
      ],
    },
    {
      minutesAgo: 45 * MINUTES_PER_DAY,
      apply: [
        daemonSet({ namespace: 'platform', name: 'log-agent', image: LOG_AGENT, port: 2020, cpu: '50m' }),
        statefulSet({
          namespace: 'data',
          name: 'cache',
          image: CACHE,
          port: 6379,
          replicas: 3,
          readinessPath: '/',
        }),
        service('data', 'cache'),
      ],
    },
    {
      minutesAgo: 6 * MINUTES_PER_DAY,
      apply: app({
        namespace: 'payments',
        name: 'ledger',
        image: LEDGER,
        port: 8080,
        replicas: 3,
        team: 'payments',
      }),
    },
    {
      minutesAgo: 19 * MINUTES_PER_DAY,
      apply: [
        ...app({
          namespace: 'shop',
          name: 'thumbnails',
          image: THUMBNAILS,
          port: 8080,
          team: 'shop',
          pod: { tolerations: [{ key: 'pool', operator: 'Equal', value: 'media', effect: 'NoSchedule' }] },
        }),
        budget('shop', 'thumbnails', 1),
      ],
    },
    ...ROWS.map((row) => ({ minutesAgo: row.daysAgo * MINUTES_PER_DAY, apply: appOf(row) })),
    {
      minutesAgo: 2 * MINUTES_PER_DAY,
      apply: [autoscaler('shop', 'storefront', 3, 8, 4), budget('payments', 'api', 2)],
    },
  ],
};

function budget(namespace: string, name: string, minAvailable: number): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  };
}

function autoscaler(namespace: string, name: string, least: number, most: number, current: number): Manifest {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: least,
      maxReplicas: most,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
    status: {
      currentReplicas: current,
      desiredReplicas: current,
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'ReadyForNewScale',
          message: 'recommended size matches current size',
        },
        {
          type: 'ScalingActive',
          status: 'True',
          reason: 'ValidMetricFound',
          message: 'the HPA was able to successfully calculate a replica count from cpu resource utilization',
        },
        {
          type: 'ScalingLimited',
          status: 'False',
          reason: 'DesiredWithinRange',
          message: 'the desired count is within the acceptable range',
        },
      ],
    },
  };
}
