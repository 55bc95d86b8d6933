import { type Exchange, JSON_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { DEPLOYMENTS, deployment, PODS, podTemplate, REPLICA_SETS } from './objects.ts';

const OBJECT = `${DEPLOYMENTS}/rolled`;
const OF_APP = 'labelSelector=app%3Drolled';
const IMAGE = '/spec/template/spec/containers/0/image';
const RESTARTED_AT = '/spec/template/metadata/annotations';
const COUNTS = [
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
].map((field) => `/status/${field}`);
const CONDITIONS = ['Available', 'Progressing'].flatMap((type) =>
  ['status', 'reason', 'message'].map((field) => `/status/conditions/[type=${type}]/${field}`),
);
const REVISION = '/metadata/annotations/deployment.kubernetes.io~1revision';

function patch(name: string, body: readonly unknown[], compare: readonly string[], path = OBJECT): Exchange {
  return { name, method: 'PATCH', path, headers: JSON_PATCH, body, compare };
}

function settled(name: string, generation: number, replicas: number): Exchange {
  return {
    name,
    as: 'jamie',
    path: OBJECT,
    compare: ['/metadata/generation', REVISION, ...COUNTS, ...CONDITIONS],
    until: {
      '/status/observedGeneration': generation,
      '/status/replicas': replicas,
      '/status/updatedReplicas': replicas,
      '/status/availableReplicas': replicas,
      '/status/conditions/[type=Progressing]/reason': 'NewReplicaSetAvailable',
    },
  };
}

export const deployments: Scenario = {
  name: 'deployments',
  exchanges: [
    {
      name: 'fills in the defaults',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('rolled', 3),
      compare: [
        '/kind',
        '/apiVersion',
        '/metadata/generation',
        'keys:/metadata',
        'keys:/spec',
        '/spec/replicas',
        '/spec/strategy',
        '/spec/progressDeadlineSeconds',
        '/spec/revisionHistoryLimit',
        '/spec/selector',
        '/spec/template/spec/restartPolicy',
        '/spec/template/spec/terminationGracePeriodSeconds',
        '/spec/template/spec/dnsPolicy',
        '/spec/template/spec/schedulerName',
        '/spec/template/spec/containers/0/imagePullPolicy',
        '/spec/template/spec/containers/0/resources',
        '/status',
      ],
    },
    settled('rolls its pods out', 1, 3),
    {
      name: 'has one ReplicaSet of its own',
      as: 'jamie',
      path: `${REPLICA_SETS}?${OF_APP}`,
      compare: [
        'count:/items',
        '/items/0/metadata/name',
        `/items/0${REVISION}`,
        '/items/0/metadata/labels',
        '/items/0/metadata/ownerReferences',
        '/items/0/spec/replicas',
        '/items/0/status/readyReplicas',
      ],
    },
    {
      name: 'has pods of that ReplicaSet',
      as: 'jamie',
      path: `${PODS}?${OF_APP}`,
      compare: [
        'count:/items',
        '/items/0/metadata/name',
        '/items/0/metadata/labels',
        '/items/0/metadata/ownerReferences',
        '/items/0/status/phase',
        '/items/0/status/qosClass',
        '/items/0/status/conditions/[type=Ready]/status',
        '/items/0/status/conditions/[type=PodScheduled]/status',
        '/items/0/status/containerStatuses/0/name',
        '/items/0/status/containerStatuses/0/image',
        '/items/0/status/containerStatuses/0/ready',
        '/items/0/status/containerStatuses/0/restartCount',
        'keys:/items/0/status/containerStatuses/0/state',
        'keys:/items/0/status/containerStatuses/0/state/running',
      ],
    },
    patch(
      'shows in a dry run what an image change would do',
      [
        { op: 'test', path: IMAGE, value: 'registry.example/shop/web:1.0.0' },
        { op: 'replace', path: IMAGE, value: 'registry.example/shop/web:1.1.0' },
      ],
      ['/kind', '/metadata/generation', IMAGE, REVISION],
      `${OBJECT}?dryRun=All&fieldManager=jamie-scarlet&fieldValidation=Strict`,
    ),
    patch(
      'changes the image',
      [{ op: 'replace', path: IMAGE, value: 'registry.example/shop/web:1.1.0' }],
      ['/kind', '/metadata/generation', IMAGE],
      `${OBJECT}?fieldManager=jamie-scarlet&fieldValidation=Strict`,
    ),
    settled('rolls the second revision out', 2, 3),
    {
      name: 'keeps the first ReplicaSet for a rollback',
      as: 'jamie',
      path: `${REPLICA_SETS}?${OF_APP}`,
      compare: ['count:/items', `sorted:/items/*${REVISION}`, 'sorted:/items/*/spec/replicas'],
    },
    patch(
      'restarts when the template is annotated',
      [
        {
          op: 'add',
          path: RESTARTED_AT,
          value: { 'kubectl.kubernetes.io/restartedAt': '2026-01-15T12:00:00Z' },
        },
      ],
      ['/metadata/generation', RESTARTED_AT],
    ),
    settled('rolls the restart out as a third revision', 3, 3),
    patch(
      'goes back to the first template',
      [
        { op: 'replace', path: IMAGE, value: 'registry.example/shop/web:1.0.0' },
        { op: 'remove', path: RESTARTED_AT },
      ],
      ['/metadata/generation', IMAGE, RESTARTED_AT],
    ),
    settled('takes the first ReplicaSet again as a fourth revision', 4, 3),
    {
      name: 'has numbered the ReplicaSet anew',
      as: 'jamie',
      path: `${REPLICA_SETS}?${OF_APP}`,
      compare: [`sorted:/items/*${REVISION}`, 'sorted:/items/*/spec/replicas'],
    },
    {
      name: 'cannot change its selector',
      method: 'PATCH',
      path: OBJECT,
      headers: JSON_PATCH,
      body: [{ op: 'replace', path: '/spec/selector/matchLabels/app', value: 'another' }],
      compare: [...REFUSAL, 'sorted:/details/causes/*/field', 'sorted:/details/causes/*/reason'],
    },
    {
      name: 'is deleted in the background',
      method: 'DELETE',
      path: `${OBJECT}?propagationPolicy=Background`,
      compare: ['/kind', '/status', '/details/name', '/details/group', '/details/kind'],
    },
    {
      name: 'takes its ReplicaSets along',
      path: `${REPLICA_SETS}?${OF_APP}`,
      compare: ['count:/items'],
      until: { 'count:/items': 0 },
    },
    {
      name: 'takes its pods along',
      path: `${PODS}?${OF_APP}`,
      compare: ['count:/items'],
      until: { 'count:/items': 0 },
    },
  ],
};

/** Pods that no node has room for: a rollout that cannot end, told the same way everywhere. */
export const stuckRollout: Scenario = {
  name: 'stuck rollout',
  exchanges: [
    {
      name: 'asks for more than any node has',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('stuck', 1, {
        progressDeadlineSeconds: 1,
        template: {
          ...(podTemplate('stuck') as object),
          spec: {
            containers: [
              {
                name: 'web',
                image: 'registry.example/shop/web:1.0.0',
                resources: { requests: { cpu: '4000' } },
              },
            ],
          },
        },
      }),
      compare: ['/spec/progressDeadlineSeconds'],
    },
    {
      name: 'gives up when its deadline has passed',
      as: 'jamie',
      path: `${DEPLOYMENTS}/stuck`,
      compare: [...CONDITIONS, '/status/unavailableReplicas', '/status/readyReplicas'],
      until: { '/status/conditions/[type=Progressing]/reason': 'ProgressDeadlineExceeded' },
    },
    {
      name: 'has a pod that waits for a node',
      as: 'jamie',
      path: `${PODS}?labelSelector=app%3Dstuck`,
      compare: [
        '/items/*/status/phase',
        '/items/0/spec/nodeName',
        '/items/0/status/conditions/[type=PodScheduled]/status',
        '/items/0/status/conditions/[type=PodScheduled]/reason',
        '/items/0/status/containerStatuses',
      ],
      until: { '/items/0/status/conditions/[type=PodScheduled]/reason': 'Unschedulable' },
    },
    {
      name: 'has an event that says so',
      as: 'jamie',
      path: `/api/v1/namespaces/default/events?fieldSelector=reason%3DFailedScheduling,involvedObject.kind%3DPod`,
      compare: [
        '/kind',
        '/items/0/type',
        '/items/0/reason',
        '/items/0/involvedObject/kind',
        '/items/0/involvedObject/namespace',
      ],
      until: { '/items/0/reason': 'FailedScheduling' },
    },
  ],
};
