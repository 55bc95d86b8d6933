import type { Defect } from '../defect.ts';

const ANALYSIS = 'packages/analysis/src';
const ANALYZERS = `${ANALYSIS}/analyzers`;
const NODES = `${ANALYZERS}/node/nodes.test`;
const WEBHOOKS = `${ANALYZERS}/admission/webhooks.test`;

/** Nodes, admission webhooks, aggregated APIs and namespaces. */
export const clusterDetectionDefects: readonly Defect[] = [
  {
    name: 'a taint that outlives the outage of a node counts as an outage',
    file: `${ANALYZERS}/node/node-unreachable.ts`,
    find: "ready.status === 'True' || ",
    replace: '',
    suite: NODES,
  },
  {
    name: 'the loss of the smallest node is what a cluster has to bear',
    file: `${ANALYZERS}/node/overcommitted-cluster.ts`,
    find: 'entry.has > best.has',
    replace: 'entry.has < best.has',
    suite: NODES,
  },
  {
    name: 'an autoscaler is heard about a pod that has a node',
    file: `${ANALYZERS}/node/autoscaler-words.ts`,
    find: "if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return [];",
    replace: '',
    suite: NODES,
  },
  {
    name: 'a toleration with another value counts',
    file: `${ANALYZERS}/node/taint-nobody-tolerates.ts`,
    find: "(operator === 'Exists' || value === taint.value)",
    replace: 'value !== undefined',
    suite: NODES,
  },
  {
    name: 'a webhook that says no counts as one that is down',
    file: `${ANALYZERS}/admission/failed-webhook-calls.ts`,
    find: '/failed calling webhook "',
    replace: '/webhook "',
    suite: WEBHOOKS,
  },
  {
    name: 'what a webhook does not need explains its outage',
    file: `${ANALYSIS}/causes/merge-faults.ts`,
    find: 'if (fault.standsOn !== undefined) return distance >= 0 && isNeeded(fault.standsOn, candidate);',
    replace: 'if (fault.standsOn !== undefined) return distance >= 0;',
    suite: WEBHOOKS,
  },
  {
    name: 'a certificate that still holds is blamed for refused pods',
    file: `${ANALYSIS}/causes/merge-faults.ts`,
    find: 'return !standsAlone && blames',
    replace: 'return blames',
    suite: WEBHOOKS,
  },
  {
    name: 'a namespace whose deletion has just begun counts as stuck',
    file: `${ANALYZERS}/namespace/namespace-stuck-terminating.ts`,
    find: 'if (deletingSince === undefined || index.takenAt - deletingSince < PATIENCE_MS) return [];',
    replace: 'if (deletingSince === undefined) return [];',
    suite: `${ANALYZERS}/namespace/namespaces.test`,
  },
];
