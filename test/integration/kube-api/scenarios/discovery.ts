import { type Exchange, REFUSAL, type Scenario } from '../exchange.ts';

function resources(groupVersion: string, path: string, plurals: readonly string[]): Exchange {
  return {
    name: `lists what ${groupVersion} serves`,
    as: 'jamie',
    path,
    compare: [
      '/kind',
      '/groupVersion',
      ...plurals.flatMap((plural) => [
        `/resources/[name=${plural.replaceAll('/', '~1')}]/kind`,
        `/resources/[name=${plural.replaceAll('/', '~1')}]/namespaced`,
      ]),
    ],
  };
}

const CORE = [
  'namespaces',
  'nodes',
  'pods',
  'pods/log',
  'pods/eviction',
  'services',
  'events',
  'configmaps',
  'resourcequotas',
];
const APPS = [
  'deployments',
  'deployments/scale',
  'replicasets',
  'statefulsets',
  'statefulsets/scale',
  'daemonsets',
];

export const discovery: Scenario = {
  name: 'discovery',
  exchanges: [
    { name: 'says it is ready', as: 'jamie', path: '/readyz', compare: ['text'] },
    { name: 'tells its version', as: 'jamie', path: '/version', compare: ['/gitVersion', '/major'] },
    {
      name: 'names the versions of the core group',
      as: 'jamie',
      path: '/api',
      compare: ['/kind', '/versions'],
    },
    {
      name: 'names the groups',
      as: 'jamie',
      path: '/apis',
      compare: [
        '/kind',
        '/apiVersion',
        ...['apps', 'autoscaling', 'policy', 'discovery.k8s.io', 'authorization.k8s.io'].map(
          (group) => `/groups/[name=${group}]/preferredVersion/groupVersion`,
        ),
      ],
    },
    resources('v1', '/api/v1', CORE),
    resources('apps/v1', '/apis/apps/v1', APPS),
    resources('discovery.k8s.io/v1', '/apis/discovery.k8s.io/v1', ['endpointslices']),
    resources('autoscaling/v2', '/apis/autoscaling/v2', ['horizontalpodautoscalers']),
    resources('authorization.k8s.io/v1', '/apis/authorization.k8s.io/v1', ['subjectaccessreviews']),
    { name: 'has no group that nobody serves', path: '/apis/nothing.example/v1', compare: [] },
    { name: 'has no resource that nobody serves', path: '/api/v1/nothings', compare: REFUSAL },
    {
      name: 'has no kind of a served group that nobody serves',
      path: '/apis/apps/v1/nothings',
      compare: REFUSAL,
    },
  ],
};
