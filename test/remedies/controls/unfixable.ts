import type { Bench } from '../bench.ts';
import { barePod, type Fields, quota, template, type WorkloadOptions, workload } from '../manifests.ts';
import type { Control } from '../scenario.ts';

const NAME = 'web';
const CRASH = { image: 'registry.example/shop/web:crash-1' };

/** A first release: there is nothing to go back to, and nothing of ours would mend it. */
function firstRelease(
  name: string,
  about: string,
  options: WorkloadOptions,
  prepare?: (bench: Bench) => Promise<void>,
): Control {
  return {
    kind: 'unfixable',
    name,
    on: 'real',
    about,
    subject: `deployment/${NAME}`,
    async begin(bench) {
      await prepare?.(bench);
      const pod = { nodeSelector: bench.cluster.sharedNodes, ...options.pod };
      await bench.create(workload('Deployment', NAME, { ...options, pod }));
    },
  };
}

/** A release that crashes, of something that is not ours to change. */
function notOurs(name: string, about: string, object: string, metadata: Fields, namespace?: string): Control {
  return {
    kind: 'unfixable',
    name,
    on: 'real',
    about,
    ...(namespace !== undefined && { namespace }),
    subject: `deployment/${object}`,
    async begin(bench) {
      const pod = { nodeSelector: bench.cluster.sharedNodes };
      await bench.create(workload('Deployment', object, { pod, metadata }));
      await bench.untilWhole('Deployment', object);
      await bench.patch('Deployment', object, {
        spec: { template: template(object, { pod, container: CRASH }) },
      });
    },
  };
}

const BOTH_BAD: Control = {
  kind: 'unfixable',
  name: 'two-bad-releases',
  on: 'real',
  about: 'the revision before cannot be pulled either',
  subject: `deployment/${NAME}`,
  async begin(bench) {
    const pod = { nodeSelector: bench.cluster.sharedNodes };
    const image = (tag: string) => ({ container: { image: `registry.example/shop/web:${tag}` }, pod });
    await bench.create(workload('Deployment', NAME, image('missing-1')));
    await bench.until('its pods are there', async () => (await bench.list('Pod')).length === 2);
    await bench.patch('Deployment', NAME, { spec: { template: template(NAME, image('missing-2')) } });
  },
};

const OF_COMPANY: Control = {
  kind: 'unfixable',
  name: 'settings-never-made',
  on: 'demo',
  about: 'a new workload of the company whose ConfigMap nobody created',
  namespace: 'platform',
  subject: 'deployment/notifications-worker',
  begin: async () => undefined,
};

const BARE: Control = {
  kind: 'unfixable',
  name: 'bare-pod',
  on: 'real',
  about: 'a pod that crashes and that nothing would make anew',
  subject: 'pod/alone',
  begin: (bench) => bench.create(barePod('alone', CRASH)),
};

const ARGO = {
  labels: { 'app.kubernetes.io/instance': 'shop' },
  annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web' },
};

export const UNFIXABLE: readonly Control[] = [
  firstRelease('image-that-exists-nowhere', 'a first release whose image was never pushed', {
    container: { image: 'registry.example/shop/web:missing-1' },
  }),
  firstRelease('bug-from-the-start', 'a first release whose program ends with an error', {
    container: CRASH,
  }),
  firstRelease('secret-never-made', 'a first release that needs a Secret that nobody made', {
    container: { envFrom: [{ secretRef: { name: 'credentials' } }] },
  }),
  firstRelease(
    'quota-of-an-administrator',
    'the quota of the namespace leaves room for no pod',
    {},
    (bench) => bench.create(quota({ pods: '0' })),
  ),
  firstRelease('no-such-node', 'a first release for nodes that the cluster does not have', {
    pod: { nodeSelector: { pool: 'gpu' } },
  }),
  notOurs('protected-namespace', 'a release that crashes in kube-system', 'metrics', {}, 'kube-system'),
  notOurs('owned-by-argo-cd', 'a release that crashes, and that Argo CD would bring back', NAME, ARGO),
  BOTH_BAD,
  OF_COMPANY,
  BARE,
];
