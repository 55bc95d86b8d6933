import type { Manifest } from '../manifests.ts';
import { MINUTES_PER_DAY, type Step } from '../scenario.ts';

/** The system namespaces, and one for each team. */
export const SYSTEM_NAMESPACE_STEPS: readonly Step[] = [
  {
    minutesAgo: 62 * MINUTES_PER_DAY,
    apply: ['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => namespace(name)),
  },
];

export const TEAM_NAMESPACE_STEPS: readonly Step[] = [
  {
    minutesAgo: 61 * MINUTES_PER_DAY,
    apply: ['payments', 'shop', 'platform', 'data', 'analytics'].map((name) => namespace(name, name)),
  },
];

function namespace(name: string, team?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...(team === undefined ? {} : { labels: { team } }) },
  };
}
