import { type Exchange, REFUSAL, type Scenario } from '../exchange.ts';
import { podTemplate } from './objects.ts';

const NAMESPACE = '/api/v1/namespaces/budgeted';

function createPod(name: string, compare: readonly string[], until?: Exchange['until']): Exchange {
  return {
    name: `creates pod ${name}`,
    method: 'POST',
    path: `${NAMESPACE}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      ...(podTemplate('budgeted') as object),
      metadata: { name, labels: { app: 'budgeted' } },
    },
    compare,
    ...(until !== undefined && { until }),
  };
}

export const quota: Scenario = {
  name: 'quota',
  exchanges: [
    {
      name: 'makes a namespace',
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'budgeted' } },
      compare: ['/kind', '/metadata/name', '/metadata/labels', '/status/phase'],
    },
    {
      name: 'sets a budget',
      method: 'POST',
      path: `${NAMESPACE}/resourcequotas`,
      body: {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'budget' },
        spec: { hard: { pods: '1', 'requests.cpu': '15m' } },
      },
      compare: ['/kind', '/spec/hard'],
    },
    {
      name: 'counts what is used',
      as: 'jamie',
      path: `${NAMESPACE}/resourcequotas/budget`,
      compare: ['/status/hard', '/status/used'],
      until: { '/status/used/pods': '0' },
    },
    createPod('first', ['/kind', '/status/phase'], { status: 201 }),
    {
      name: 'counts the pod',
      as: 'jamie',
      path: `${NAMESPACE}/resourcequotas/budget`,
      compare: ['/status/used'],
      until: { '/status/used/pods': '1' },
    },
    createPod('second', REFUSAL),
    {
      name: 'makes a Deployment that the budget does not hold',
      method: 'POST',
      path: '/apis/apps/v1/namespaces/budgeted/deployments',
      body: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'greedy' },
        spec: { replicas: 1, selector: { matchLabels: { app: 'greedy' } }, template: podTemplate('greedy') },
      },
      compare: ['/kind'],
    },
    {
      name: 'says so in the ReplicaSet',
      as: 'jamie',
      path: '/apis/apps/v1/namespaces/budgeted/replicasets?labelSelector=app%3Dgreedy',
      compare: [
        '/items/0/status/replicas',
        '/items/0/status/conditions/[type=ReplicaFailure]/status',
        '/items/0/status/conditions/[type=ReplicaFailure]/reason',
        '/items/0/status/conditions/[type=ReplicaFailure]/message',
      ],
      until: { '/items/0/status/conditions/[type=ReplicaFailure]/reason': 'FailedCreate' },
    },
    {
      name: 'says so in the Deployment',
      as: 'jamie',
      path: '/apis/apps/v1/namespaces/budgeted/deployments/greedy',
      compare: [
        '/status/conditions/[type=ReplicaFailure]/status',
        '/status/conditions/[type=ReplicaFailure]/reason',
      ],
      until: { '/status/conditions/[type=ReplicaFailure]/reason': 'FailedCreate' },
    },
    {
      name: 'says so in an event',
      as: 'jamie',
      path: `${NAMESPACE}/events?fieldSelector=reason%3DFailedCreate`,
      compare: ['/items/0/type', '/items/0/reason', '/items/0/involvedObject/kind'],
      until: { '/items/0/reason': 'FailedCreate' },
    },
  ],
};
