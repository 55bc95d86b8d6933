import { type Exchange, REFUSAL, type Scenario } from '../exchange.ts';
import { DEPLOYMENTS, deployment, NAMESPACE, PODS } from './objects.ts';

const BUDGETS = `/apis/policy/v1/namespaces/${NAMESPACE}/poddisruptionbudgets`;

function evict(
  name: string,
  compare: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
  query = '',
): Exchange {
  return {
    name,
    method: 'POST',
    path: `${PODS}/{pod}/eviction${query}`,
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: '{pod}', namespace: NAMESPACE },
      ...more,
    },
    compare,
  };
}

export const eviction: Scenario = {
  name: 'eviction',
  exchanges: [
    {
      name: 'runs two pods',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('evicted', 2),
      compare: ['/spec/replicas'],
    },
    {
      name: 'has both ready',
      path: `${PODS}?labelSelector=app%3Devicted`,
      compare: ['count:/items'],
      capture: { pod: '/items/0/metadata/name', uid: '/items/0/metadata/uid' },
      until: { '/items/*/status/phase': ['Running', 'Running'] },
    },
    evict('evicts nothing in a dry run', ['/kind', '/status'], {}, '?dryRun=All'),
    evict('refuses another pod of the same name', ['/kind', '/reason', '/code'], {
      deleteOptions: { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } },
    }),
    {
      name: 'promises that both stay',
      method: 'POST',
      path: BUDGETS,
      body: {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'evicted' },
        spec: { minAvailable: 2, selector: { matchLabels: { app: 'evicted' } } },
      },
      compare: ['/kind', '/spec/minAvailable'],
    },
    {
      name: 'knows that none may go',
      path: `${BUDGETS}/evicted`,
      compare: [
        '/status/currentHealthy',
        '/status/desiredHealthy',
        '/status/disruptionsAllowed',
        '/status/expectedPods',
      ],
      until: { '/status/currentHealthy': 2, '/status/expectedPods': 2 },
    },
    evict('refuses to break the promise', [...REFUSAL, '/details/causes']),
    {
      name: 'drops the promise',
      method: 'DELETE',
      path: `${BUDGETS}/evicted`,
      compare: ['/kind', '/status'],
    },
    evict('evicts', ['/kind', '/status']),
    {
      name: 'has a new pod in its place',
      path: `${PODS}?labelSelector=app%3Devicted&fieldSelector=metadata.name!%3D{pod}`,
      compare: ['count:/items'],
      until: { '/items/*/status/phase': ['Running', 'Running'] },
    },
    // A kubelet takes its time to end a pod, and until then evicting it again is no error.
    { ...evict('has nothing to evict any more', REFUSAL), until: { status: 404 } },
  ],
};
