import type { Bench } from '../bench.ts';
import { configMap, type Fields, template, type WorkloadOptions, workload } from '../manifests.ts';
import type { Failure, Family } from '../scenario.ts';

const NAME = 'web';

interface Release {
  readonly name: string;
  readonly family: Family;
  readonly about: string;
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly on?: 'demo' | 'real';
  /** What the release changes in the container, and in the pod. */
  readonly container?: Fields;
  readonly pod?: Fields;
  readonly spec?: Fields;
  /** What stands in the namespace before. */
  prepare?(bench: Bench): Promise<void>;
}

/** A workload that was well until somebody released a change to its template. */
function afterRelease({
  name,
  family,
  about,
  kind = 'Deployment',
  on = 'real',
  ...release
}: Release): Failure {
  return {
    kind: 'failure',
    name,
    family,
    on,
    about,
    way: 'approved',
    subject: `${kind.toLowerCase()}/${NAME}`,
    async begin(bench) {
      await release.prepare?.(bench);
      const pod = { nodeSelector: bench.cluster.sharedNodes };
      const before: WorkloadOptions = { pod, ...(release.spec !== undefined && { spec: release.spec }) };
      await bench.create(workload(kind, NAME, before));
      await bench.untilWhole(kind, NAME);
      const after = template(NAME, {
        container: release.container ?? {},
        pod: { ...pod, ...release.pod },
      });
      await bench.patch(kind, NAME, { spec: { template: after } });
      await bench.until('the release has begun', async () => !(await bench.isWhole(kind, NAME)));
    },
    isHealthy: (bench) => bench.isWhole(kind, NAME),
  };
}

const MISSING = { envFrom: [{ configMapRef: { name: 'settings' } }] };
const LIMIT = (memory: string): Fields => ({
  resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory } },
});
const probe = (kind: string, port: number): Fields => ({ [kind]: { tcpSocket: { port } } });

export const AFTER_RELEASE: readonly Failure[] = [
  afterRelease({
    name: 'crash-after-release',
    family: 'crash',
    about: 'the new image ends with an error at every start',
    container: { image: 'registry.example/shop/web:crash-2' },
  }),
  afterRelease({
    name: 'segfault-after-release',
    family: 'crash',
    about: 'the new image crashes with a segmentation fault',
    container: { image: 'registry.example/shop/web:segfault-2' },
  }),
  afterRelease({
    name: 'command-typo',
    family: 'crash',
    about: 'the release names a command that the image does not have',
    container: { command: ['/missing/serve'] },
  }),
  afterRelease({
    name: 'daemon-set-crash',
    family: 'crash',
    about: 'a DaemonSet got an image that crashes',
    kind: 'DaemonSet',
    container: { image: 'registry.example/shop/web:crash-2' },
  }),
  afterRelease({
    name: 'stateful-set-crash',
    family: 'crash',
    about: 'a StatefulSet that updates in parallel got an image that crashes',
    kind: 'StatefulSet',
    spec: { podManagementPolicy: 'Parallel' },
    container: { image: 'registry.example/shop/web:crash-2' },
  }),
  afterRelease({
    name: 'ordered-stateful-set-crash',
    family: 'crash',
    about: 'an ordered StatefulSet got an image that crashes: its controller waits for the broken pod',
    kind: 'StatefulSet',
    container: { image: 'registry.example/shop/web:crash-2' },
  }),
  afterRelease({
    name: 'image-tag-missing',
    family: 'image',
    about: 'the release names a tag that was never pushed',
    container: { image: 'registry.example/shop/web:missing-2' },
  }),
  afterRelease({
    name: 'config-map-missing',
    family: 'configuration',
    about: 'the release needs a ConfigMap that nobody made',
    container: MISSING,
  }),
  afterRelease({
    name: 'config-key-missing',
    family: 'configuration',
    on: 'demo',
    about: 'the release needs a key that the ConfigMap lacks',
    prepare: (bench) => bench.create(configMap('settings', { LEVEL: 'info' })),
    container: {
      env: [{ name: 'REGION', valueFrom: { configMapKeyRef: { name: 'settings', key: 'REGION' } } }],
    },
  }),
  afterRelease({
    name: 'memory-limit-lowered',
    family: 'memory',
    about: 'the release lowers the memory limit below what the program needs',
    container: LIMIT('32Mi'),
  }),
  afterRelease({
    name: 'cache-grown',
    family: 'memory',
    about: 'the release sets a cache that is larger than the memory limit',
    container: { env: [{ name: 'CACHE_SIZE_MIB', value: '512' }] },
  }),
  afterRelease({
    name: 'readiness-port-wrong',
    family: 'probe',
    about: 'the release asks a port for readiness that nothing listens on',
    container: probe('readinessProbe', 9999),
  }),
  afterRelease({
    name: 'never-ready',
    family: 'probe',
    about: 'the new image runs and never says that it is ready',
    container: { image: 'registry.example/shop/web:2.0.0-unready', ...probe('readinessProbe', 8080) },
  }),
  afterRelease({
    name: 'liveness-port-wrong',
    family: 'probe',
    about: 'the release asks a port for liveness that nothing listens on',
    container: probe('livenessProbe', 9999),
  }),
  afterRelease({
    name: 'request-too-large',
    family: 'scheduling',
    about: 'the release asks for more CPU than any node has',
    container: { resources: { requests: { cpu: '64', memory: '1Mi' }, limits: { memory: '64Mi' } } },
  }),
  afterRelease({
    name: 'node-selector-typo',
    family: 'scheduling',
    about: 'the release selects nodes by a label that none has',
    pod: { nodeSelector: { pool: 'sharde' } },
  }),
  afterRelease({
    name: 'limit-range-after-release',
    family: 'quota',
    about: 'the release has a memory limit above what the LimitRange allows',
    prepare: async (bench) => {
      const spec = { limits: [{ type: 'Container', max: { memory: '128Mi' } }] };
      await bench.create({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'sizes' }, spec });
    },
    container: LIMIT('256Mi'),
  }),
];
