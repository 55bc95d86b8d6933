import type { Bench } from '../bench.ts';
import { limitRange, type WorkloadOptions, workload } from '../manifests.ts';
import type { Failure, Family } from '../scenario.ts';
import { addNode, toOwnNode } from './own-node.ts';

const NAME = 'web';
const ONLY = 'deployment/web';

interface Start {
  readonly name: string;
  readonly family: Family;
  readonly about: string;
  readonly options: (bench: Bench) => WorkloadOptions;
  prepare?(bench: Bench): Promise<void>;
}

/** A Deployment that was never whole: there is no revision to go back to. */
function fromTheStart({ name, family, about, options, prepare }: Start): Failure {
  return {
    kind: 'failure',
    name,
    family,
    on: 'real',
    about,
    way: 'approved',
    subject: ONLY,
    async begin(bench) {
      await prepare?.(bench);
      const chosen = options(bench);
      const pod = { nodeSelector: bench.cluster.sharedNodes, ...chosen.pod };
      await bench.create(workload('Deployment', NAME, { ...chosen, pod }));
    },
    isHealthy: (bench) => bench.isWhole('Deployment', NAME),
  };
}

const sized = (cpu: string, memory: string) => ({
  resources: { requests: { cpu, memory: '1Mi' }, limits: { memory } },
});

/** No two pods on one node. */
const APART = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: NAME } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  },
};

export const FROM_THE_START: readonly Failure[] = [
  fromTheStart({
    name: 'memory-limit-too-low',
    family: 'memory',
    about: 'the memory limit of a first release is a little below what it needs',
    options: () => ({ container: sized('1m', '40Mi') }),
  }),
  fromTheStart({
    name: 'request-too-large-from-the-start',
    family: 'scheduling',
    about: 'a first release asks for more CPU than any node has',
    options: () => ({ replicas: 1, container: sized('64', '64Mi') }),
  }),
  fromTheStart({
    name: 'anti-affinity',
    family: 'scheduling',
    about: 'three pods that must not share a node, and two nodes',
    options: () => ({ replicas: 3, pod: APART }),
  }),
  fromTheStart({
    name: 'more-pods-than-room',
    family: 'scheduling',
    about: 'scaled to more pods than its nodes have room for',
    prepare: (bench) => addNode(bench),
    options: (bench) => ({ replicas: 3, container: sized('6', '64Mi'), pod: toOwnNode(bench) }),
  }),
  fromTheStart({
    name: 'limit-above-limit-range',
    family: 'quota',
    about: 'a first release has a memory limit above what the LimitRange allows',
    prepare: (bench) => bench.create(limitRange('128Mi')),
    options: () => ({ container: sized('1m', '256Mi') }),
  }),
  fromTheStart({
    name: 'node-tainted',
    family: 'node',
    about: 'somebody left a taint on the only node that fits',
    prepare: (bench) =>
      addNode(bench, { taints: [{ key: 'maintenance', value: 'true', effect: 'NoSchedule' }] }),
    options: (bench) => ({ replicas: 1, pod: toOwnNode(bench) }),
  }),
  fromTheStart({
    name: 'node-cordoned',
    family: 'node',
    about: 'somebody cordoned the only node that fits, and forgot it',
    prepare: (bench) => addNode(bench, { unschedulable: true }),
    options: (bench) => ({ replicas: 1, pod: toOwnNode(bench) }),
  }),
];
