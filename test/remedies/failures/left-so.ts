import { type Bench, hasCondition } from '../bench.ts';
import { configMap, cronJob, job, service, template, workload } from '../manifests.ts';
import type { Failure } from '../scenario.ts';
import { addNode, ownNode } from './own-node.ts';

const NAME = 'web';
const COMMON = { kind: 'failure', on: 'real', way: 'approved' } as const;

async function createWhole(bench: Bench, replicas = 2): Promise<void> {
  const pod = { nodeSelector: bench.cluster.sharedNodes };
  await bench.create(workload('Deployment', NAME, { replicas, pod }));
  await bench.untilWhole('Deployment', NAME);
}

const PAUSED: Failure = {
  ...COMMON,
  name: 'paused-and-forgotten',
  family: 'rollout',
  about: 'somebody paused a Deployment, and the next release never came out',
  subject: 'deployment/web',
  async begin(bench) {
    await createWhole(bench);
    await bench.patch('Deployment', NAME, { spec: { paused: true } });
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    const next = template(NAME, { pod, container: { image: 'registry.example/shop/web:1.1.0' } });
    await bench.patch('Deployment', NAME, { spec: { template: next } });
    await bench.until('the change waits', async () => !(await bench.isWhole('Deployment', NAME)));
  },
  isHealthy: (bench) => bench.isWhole('Deployment', NAME),
};

const AT_ZERO: Failure = {
  ...COMMON,
  name: 'scaled-to-zero',
  family: 'traffic',
  about: 'somebody scaled a Deployment behind a Service to 0',
  subject: 'deployment/web',
  async begin(bench) {
    await createWhole(bench, 3);
    await bench.create(service(NAME));
    await bench.patch('Deployment', NAME, { spec: { replicas: 0 } });
    await bench.until('no pod is left', async () => (await bench.list('Pod')).length === 0);
  },
  isHealthy: (bench) => bench.isWhole('Deployment', NAME),
};

const FAILED_JOB: Failure = {
  ...COMMON,
  name: 'job-failed',
  family: 'job',
  about: 'a Job ran into its deadline before its ConfigMap was there; now it is',
  subject: 'job/report',
  async begin(bench) {
    const needs = { envFrom: [{ configMapRef: { name: 'settings' } }] };
    const spec = { activeDeadlineSeconds: 12 };
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    await bench.create(job('report', { container: needs, spec, pod }));
    await bench.until('the Job failed', async () =>
      hasCondition(await bench.read('Job', 'report'), 'Failed'),
    );
    await bench.create(configMap('settings', { LEVEL: 'info' }));
  },
  isHealthy: async (bench) => (await bench.list('Job')).some((each) => hasCondition(each, 'Complete')),
};

const SUSPENDED: Failure = {
  ...COMMON,
  name: 'cron-job-suspended',
  family: 'job',
  about: 'somebody suspended a CronJob, and forgot it',
  subject: 'cronjob/report',
  async begin(bench) {
    await bench.create(cronJob('report', { pod: { nodeSelector: bench.cluster.sharedNodes } }));
    const hasRun = async () =>
      (await bench.read('CronJob', 'report')).status?.['lastScheduleTime'] !== undefined;
    await bench.until('it ran', hasRun);
    await bench.patch('CronJob', 'report', { spec: { suspend: true } });
  },
  isHealthy: async (bench) => (await bench.read('CronJob', 'report')).spec['suspend'] !== true,
};

const EVICTED: Failure = {
  ...COMMON,
  name: 'evicted-pods-left',
  family: 'node',
  about: 'evicted pods stay behind and fill every list',
  subject: 'deployment/web',
  async begin(bench) {
    await createWhole(bench);
    for (const { metadata } of await bench.list('Pod')) {
      const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };
      await bench.patch('Pod', metadata.name, { status }, true);
    }
    await bench.untilWhole('Deployment', NAME);
  },
  async isHealthy(bench) {
    const pods = await bench.list('Pod');
    return pods.every(({ status }) => status?.['phase'] !== 'Failed') && bench.isWhole('Deployment', NAME);
  },
};

const NOT_READY: Failure = {
  ...COMMON,
  name: 'node-not-ready',
  family: 'node',
  about: 'the kubelet of a node says that it is not ready; nothing new may go there',
  subject: (bench) => `node/${ownNode(bench)}`,
  async begin(bench) {
    await addNode(bench);
    const name = ownNode(bench);
    await bench.patch('Node', name, { metadata: { annotations: { 'simulator/kubelet': 'broken' } } });
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const ready = {
      type: 'Ready',
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'PLEG is not healthy',
    };
    const times = { lastHeartbeatTime: now, lastTransitionTime: now };
    await bench.patch('Node', name, { status: { conditions: [{ ...ready, ...times }] } }, true);
    await bench.until('it is not ready', async () => !hasCondition(await bench.read('Node', name), 'Ready'));
  },
  isHealthy: async (bench) => (await bench.read('Node', ownNode(bench))).spec['unschedulable'] === true,
};

export const LEFT_SO: readonly Failure[] = [PAUSED, AT_ZERO, FAILED_JOB, SUSPENDED, EVICTED, NOT_READY];
