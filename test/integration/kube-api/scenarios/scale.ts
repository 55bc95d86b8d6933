import { type Exchange, JSON_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { DEPLOYMENTS, deployment } from './objects.ts';

const SCALE = `${DEPLOYMENTS}/scaled/scale`;
const CONTENT = ['/kind', '/apiVersion', '/metadata/name', '/spec', '/status/selector'];

function patch(name: string, replicas: unknown, compare: readonly string[], query = ''): Exchange {
  return {
    name,
    method: 'PATCH',
    path: `${SCALE}${query}`,
    headers: JSON_PATCH,
    body: [{ op: 'replace', path: '/spec/replicas', value: replicas }],
    compare,
  };
}

export const scale: Scenario = {
  name: 'scale',
  exchanges: [
    {
      name: 'starts with two',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('scaled', 2),
      compare: ['/spec/replicas'],
    },
    {
      name: 'reads the scale',
      as: 'jamie',
      path: SCALE,
      compare: [...CONTENT, 'keys:/metadata', '/status/replicas'],
      until: { '/status/replicas': 2 },
    },
    patch('shows in a dry run what would be', 4, CONTENT, '?dryRun=All'),
    {
      name: 'is unchanged after the dry run',
      path: SCALE,
      compare: CONTENT,
      capture: { version: '/metadata/resourceVersion' },
    },
    patch('scales up', 4, CONTENT),
    {
      name: 'has moved on from the version before',
      method: 'PATCH',
      path: SCALE,
      headers: JSON_PATCH,
      body: [
        { op: 'test', path: '/metadata/resourceVersion', value: '{version}' },
        { op: 'replace', path: '/spec/replicas', value: 9 },
      ],
      compare: REFUSAL,
    },
    {
      name: 'reaches four',
      path: `${DEPLOYMENTS}/scaled`,
      compare: ['/spec/replicas', '/status/readyReplicas', '/metadata/generation'],
      until: { '/status/readyReplicas': 4, '/status/availableReplicas': 4, '/status/observedGeneration': 2 },
    },
    patch('scales to nothing', 0, CONTENT),
    { name: 'reads no pods', path: SCALE, compare: CONTENT, until: { '/status/replicas': 0 } },
    patch('refuses fewer than none', -1, [...REFUSAL, '/details/causes']),
    patch('refuses a number in words', 'three', ['/kind', '/code']),
    { name: 'does not have the scale of nobody', path: `${DEPLOYMENTS}/nobody/scale`, compare: REFUSAL },
  ],
};
