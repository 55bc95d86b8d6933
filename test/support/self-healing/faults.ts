import { type Bench, hasCondition } from '../../remedies/bench.ts';
import { configMap, job, template, workload } from '../../remedies/manifests.ts';

const WEB = 'web';
const MERGES_STATUS = true;

/** A Deployment that was well, and the newest release of which crashes, or is not there; the pods before it stay. */
export async function breakByRelease(bench: Bench, tag: 'crash-2' | 'missing-2'): Promise<void> {
  await bench.create(workload('Deployment', WEB, { replicas: 3 }));
  await bench.untilWhole('Deployment', WEB);
  const image = `registry.example/shop/web:${tag}`;
  await bench.patch('Deployment', WEB, { spec: { template: template(WEB, { container: { image } }) } });
  await untilBroken(bench);
}

/** Waits until a pod of the newest release crashes again and again, or its image cannot be pulled. */
export async function untilBroken(bench: Bench): Promise<void> {
  const isBroken = /CrashLoopBackOff|ImagePullBackOff/;
  await bench.until('it is broken', async () => isBroken.test(JSON.stringify(await bench.list('Pod'))));
}

/** A Deployment that has always needed more memory than it is given. */
export async function starveOfMemory(bench: Bench): Promise<void> {
  const env = [{ name: 'CACHE_SIZE_MIB', value: '80' }];
  await bench.create(workload('Deployment', WEB, { replicas: 1, container: { env } }));
  await bench.until('it is killed', async () =>
    JSON.stringify(await bench.list('Pod')).includes('OOMKilled'),
  );
}

/** Two pods of a Deployment that are evicted and made anew elsewhere. */
export async function evictPods(bench: Bench): Promise<void> {
  await bench.create(workload('Deployment', WEB));
  await bench.untilWhole('Deployment', WEB);
  const own = (await bench.list('Pod')).filter(({ metadata }) => metadata.name.startsWith(`${WEB}-`));
  for (const { metadata } of own) {
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };
    await bench.patch('Pod', metadata.name, { status }, MERGES_STATUS);
  }
  await bench.untilWhole('Deployment', WEB);
}

/** A Job that ran into its deadline before its ConfigMap was there; now it is. */
export async function failJob(bench: Bench): Promise<void> {
  const container = { envFrom: [{ configMapRef: { name: 'settings' } }] };
  await bench.create(job('report', { container, spec: { activeDeadlineSeconds: 8 } }));
  await bench.until('the Job failed', async () => hasCondition(await bench.read('Job', 'report'), 'Failed'));
  await bench.create(configMap('settings', { LEVEL: 'info' }));
}

/** A node whose kubelet says that it is not ready. */
export async function breakNode(bench: Bench, name: string): Promise<void> {
  await bench.patch('Node', name, { metadata: { annotations: { 'simulator/kubelet': 'broken' } } });
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const ready = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'PLEG is not healthy' };
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  await bench.patch('Node', name, { status: { conditions: [{ ...ready, ...times }] } }, MERGES_STATUS);
  await bench.until('it is not ready', async () => !hasCondition(await bench.read('Node', name), 'Ready'));
}

/** The node again as it was. */
export async function mendNode(bench: Bench, name: string): Promise<void> {
  await bench.patch('Node', name, { metadata: { annotations: { 'simulator/kubelet': null } } });
  await bench.patch('Node', name, { spec: { unschedulable: false } });
}
