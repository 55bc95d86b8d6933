import { type Change, type ChangeSetting, unless } from './change.ts';
import { type TrialObjects, trialObjects } from './trial-objects.ts';

const PODS = 2;
/** How often the budget has held an eviction up before somebody lifts it. */
const BLOCKED_TIMES = 2;

interface Node {
  readonly spec: { readonly unschedulable?: boolean };
}

/** A node with two pods, whose disruption budget lets none of them go for a while, and another node that takes them. */
export const drain: Change = {
  name: 'drain',
  async prepare({ backend, trial }) {
    const objects = trialObjects(backend);
    const [from, to, deployment, budget] = ['from', 'to', 'web', 'budget'].map(
      (part) => `${trial}-${part}`,
    ) as [string, string, string, string];
    await objects.create('nodes', node(from, trial));
    await objects.deploy(deployment, PODS, podPlace(trial));
    await objects.create('poddisruptionbudgets', disruptionBudget(budget, deployment));
    await objects.create('nodes', node(to, trial));
    const before = await objects.podsOf(deployment);
    return {
      request: `drain node/${from}`,
      ends: 'succeeded',
      effects: [
        new RegExp(`^patch nodes ${from}$`),
        ...before.map(() => new RegExp(`^create pods/eviction ${deployment}-`)),
      ],
      meanwhile: () => liftWhenBlocked({ backend, trial }, objects, budget),
      async judge() {
        const { spec } = await objects.read<Node>('nodes', from);
        const after = await objects.podsOf(deployment);
        const stayed = after.filter(({ uid }) => before.some((pod) => pod.uid === uid));
        return [
          ...unless(spec.unschedulable === true, `node ${from} is not cordoned`),
          ...unless(stayed.length === 0, `${stayed.length} pods stayed`),
          ...unless(after.length === PODS, `${after.length} pods are left`),
        ];
      },
      remove: () => objects.remove(),
    };
  },
};

async function liftWhenBlocked(
  { backend, trial }: ChangeSetting,
  objects: TrialObjects,
  budget: string,
): Promise<boolean> {
  const blocked = (await backend.writesOf(trial)).filter(({ code }) => code === 429);
  if (blocked.length < BLOCKED_TIMES) return false;
  await objects.change('poddisruptionbudgets', budget, { spec: { minAvailable: 0 } });
  return true;
}

const POOL = 'faults.example/trial';

/** Takes the pods of one trial and nobody else's. */
function node(name: string, trial: string) {
  const size = { cpu: '4', memory: '16Gi', pods: '20' };
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'ready' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', [POOL]: trial },
    },
    spec: { taints: [{ key: POOL, value: trial, effect: 'NoSchedule' }] },
    status: { capacity: size, allocatable: size, conditions: [ready] },
  };
}

function podPlace(trial: string) {
  return {
    nodeSelector: { [POOL]: trial },
    tolerations: [{ key: POOL, operator: 'Exists' }],
  };
}

function disruptionBudget(name: string, deployment: string) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable: PODS, selector: { matchLabels: { app: deployment } } },
  };
}
