import { REFUSAL, type Scenario } from '../exchange.ts';
import { DEPLOYMENTS, deployment, PODS } from './objects.ts';

const POD = `${PODS}/{pod}/log`;

export const logs: Scenario = {
  name: 'logs',
  exchanges: [
    {
      name: 'runs two containers',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('logged', 1, {
        template: {
          metadata: { labels: { app: 'logged' } },
          spec: {
            containers: ['web', 'proxy'].map((name) => ({ name, image: 'registry.example/shop/web:1.0.0' })),
          },
        },
      }),
      compare: ['/spec/replicas'],
    },
    {
      name: 'has its pod running',
      path: `${PODS}?labelSelector=app%3Dlogged`,
      compare: ['/items/*/status/phase'],
      capture: { pod: '/items/0/metadata/name' },
      until: { '/items/0/status/containerStatuses/0/ready': true },
    },
    { name: 'needs to know which container', as: 'jamie', path: POD, compare: REFUSAL },
    {
      name: 'does not have a container of another name',
      as: 'jamie',
      path: `${POD}?container=nobody`,
      compare: REFUSAL,
    },
    { name: 'reads a log as plain text', as: 'jamie', path: `${POD}?container=web&tailLines=0`, compare: [] },
    {
      name: 'refuses fewer than no lines',
      as: 'jamie',
      path: `${POD}?container=web&tailLines=-1`,
      compare: [...REFUSAL, '/details/causes'],
    },
    {
      name: 'refuses a log of no bytes',
      as: 'jamie',
      path: `${POD}?container=web&limitBytes=0`,
      compare: [...REFUSAL, '/details/causes'],
    },
    { name: 'does not have the log of nobody', as: 'jamie', path: `${PODS}/nobody/log`, compare: REFUSAL },
    {
      name: 'makes a pod that no node has room for',
      method: 'POST',
      path: PODS,
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'homeless' },
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
      compare: ['/status/phase'],
    },
    { name: 'has no log where nothing runs', as: 'jamie', path: `${PODS}/homeless/log`, compare: ['text'] },
  ],
};
