import { type Bench, hasCondition } from '../bench.ts';
import { addNode, ownNode, toOwnNode } from '../failures/own-node.ts';
import {
  autoscaler,
  claim,
  configMap,
  cronJob,
  job,
  service,
  template,
  type WorkloadOptions,
  workload,
} from '../manifests.ts';
import type { Control } from '../scenario.ts';

const NAME = 'web';
const COMMON = { kind: 'healthy', on: 'real', subject: 'deployment/web' } as const;

async function createWhole(bench: Bench, options: WorkloadOptions = {}): Promise<void> {
  const pod = { nodeSelector: bench.cluster.sharedNodes, ...options.pod };
  await bench.create(workload('Deployment', NAME, { ...options, pod }));
  if (options.replicas !== 0) await bench.untilWhole('Deployment', NAME);
}

const AT_ZERO: Control = {
  ...COMMON,
  name: 'zero-on-purpose',
  about: 'scaled to 0, and no Service before it',
  async begin(bench) {
    await createWhole(bench);
    await bench.patch('Deployment', NAME, { spec: { replicas: 0 } });
    await bench.until('no pod is left', async () => (await bench.list('Pod')).length === 0);
  },
};

const RETRIED: Control = {
  ...COMMON,
  name: 'job-succeeded-after-a-retry',
  about: 'a Job whose first pod failed and whose second succeeded',
  subject: 'job/report',
  async begin(bench) {
    const needs = { envFrom: [{ configMapRef: { name: 'settings' } }] };
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    await bench.create(job('report', { container: needs, pod, spec: { backoffLimit: 3 } }));
    await bench.until('its pod waits', async () => (await bench.list('Pod')).length === 1);
    for (const { metadata } of await bench.list('Pod'))
      await bench.patch('Pod', metadata.name, { status: { phase: 'Failed' } }, true);
    await bench.create(configMap('settings', { LEVEL: 'info' }));
    await bench.until('it succeeds', async () => hasCondition(await bench.read('Job', 'report'), 'Complete'));
  },
};

const ROLLING: Control = {
  ...COMMON,
  name: 'rollout-under-way',
  about: 'a careful rollout: each new pod has to stay ready for ten minutes',
  async begin(bench) {
    await createWhole(bench, { spec: { minReadySeconds: 600, progressDeadlineSeconds: 3_600 } });
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    const next = template(NAME, { pod, container: { image: 'registry.example/shop/web:1.1.0' } });
    await bench.patch('Deployment', NAME, { spec: { template: next } });
    await bench.until('it has begun', async () => !(await bench.isWhole('Deployment', NAME)));
  },
};

const RECOVERED: Control = {
  ...COMMON,
  name: 'recovered-crash',
  about: 'a pod that crashed once, twenty minutes ago, and has run since',
  async begin(bench) {
    await createWhole(bench, { replicas: 1 });
    const [pod] = await bench.list('Pod');
    const [status] = (pod?.status?.['containerStatuses'] ?? []) as readonly object[];
    const ago = (minutes: number) => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;
    const terminated = { exitCode: 1, reason: 'Error', startedAt: ago(30), finishedAt: ago(20) };
    const containerStatuses = [{ ...status, restartCount: 1, lastState: { terminated } }];
    await bench.patch('Pod', pod?.metadata.name ?? '', { status: { containerStatuses } }, true);
  },
};

const CORDONED: Control = {
  ...COMMON,
  name: 'cordoned-empty-node',
  about: 'a node that is cordoned for maintenance, and that nothing waits for',
  subject: (bench) => `node/${ownNode(bench)}`,
  begin: (bench) => addNode(bench, { unschedulable: true }),
};

const PAUSED: Control = {
  ...COMMON,
  name: 'paused-without-a-change',
  about: 'a paused Deployment whose pods are all of its template',
  async begin(bench) {
    await createWhole(bench);
    await bench.patch('Deployment', NAME, { spec: { paused: true } });
  },
};

const AT_MINIMUM: Control = {
  ...COMMON,
  on: 'demo',
  name: 'autoscaler-at-its-minimum',
  about: 'an autoscaler with nothing to do',
  subject: 'hpa/web',
  async begin(bench) {
    await createWhole(bench);
    await bench.create(autoscaler(NAME, 2, 6));
  },
};

const TEMPLATE: Control = {
  ...COMMON,
  name: 'cron-job-for-runs-by-hand',
  about: 'a CronJob that was suspended from the start',
  subject: 'cronjob/report',
  begin: (bench) => bench.create(cronJob('report', { spec: { suspend: true } })),
};

const OLD_ROLLOUT: Control = {
  ...COMMON,
  name: 'rollout-of-before',
  about: 'two releases in a row, both well',
  async begin(bench) {
    await createWhole(bench);
    await bench.create(service(NAME));
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    const next = template(NAME, { pod, container: { image: 'registry.example/shop/web:1.1.0' } });
    await bench.patch('Deployment', NAME, { spec: { template: next } });
    await bench.untilWhole('Deployment', NAME);
  },
};

const UNCLAIMED: Control = {
  ...COMMON,
  name: 'claim-without-a-consumer',
  about: 'a volume claim that waits for a first consumer, beside a healthy Deployment',
  async begin(bench) {
    await bench.create(claim('data'));
    await addNode(bench);
    await createWhole(bench, { pod: toOwnNode(bench) });
  },
};

export const HEALTHY: readonly Control[] = [
  AT_ZERO,
  RETRIED,
  ROLLING,
  RECOVERED,
  CORDONED,
  PAUSED,
  AT_MINIMUM,
  TEMPLATE,
  OLD_ROLLOUT,
  UNCLAIMED,
];
