import { type Exchange, JSON_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, podTemplate } from './objects.ts';

const CAUSES = ['sorted:/details/causes/*/field', 'sorted:/details/causes/*/reason'];

function create(name: string, body: unknown, compare: readonly string[], path = DEPLOYMENTS): Exchange {
  return { name, method: 'POST', path, body, compare };
}

export const validation: Scenario = {
  name: 'validation',
  exchanges: [
    create(
      'refuses a template that its selector does not match',
      deployment('bad', 1, { template: podTemplate('other') }),
      [...REFUSAL, ...CAUSES],
    ),
    create('refuses a name that is not one', deployment('Bad_Name', 1), [
      '/kind',
      '/reason',
      '/code',
      '/details/kind',
      '/details/name',
    ]),
    create('refuses fewer pods than none', deployment('bad', -1), [...REFUSAL, ...CAUSES]),
    create(
      'refuses a container without a name',
      deployment('bad', 1, {
        template: { metadata: { labels: { app: 'bad' } }, spec: { containers: [{ image: 'a:1' }] } },
      }),
      ['/kind', '/reason', '/code', ...CAUSES],
    ),
    create('refuses a body of another kind', configMap('bad'), ['/kind', '/reason', '/code']),
    create('refuses a body that is not JSON', '{"kind": ', ['/kind', '/reason', '/code']),
    create(
      'refuses an unknown field when asked to be strict',
      { ...(configMap('bad') as object), colour: 'blue' },
      ['/kind', '/reason', '/code'],
      `${CONFIG_MAPS}?fieldValidation=Strict`,
    ),
    create(
      'refuses a namespace that is not there',
      configMap('bad'),
      REFUSAL,
      '/api/v1/namespaces/nowhere/configmaps',
    ),
    create(
      'refuses a body for another namespace',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bad', namespace: 'kube-system' } },
      ['/kind', '/reason', '/code'],
      CONFIG_MAPS,
    ),
    create(
      'refuses a body without a name',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
      ['/kind', '/reason', '/code'],
      CONFIG_MAPS,
    ),
    create('makes a Deployment to change', deployment('valid', 0), ['/spec/replicas']),
    {
      name: 'refuses an unknown field in a strict patch',
      method: 'PATCH',
      path: `${DEPLOYMENTS}/valid?fieldValidation=Strict`,
      headers: JSON_PATCH,
      body: [{ op: 'add', path: '/spec/copies', value: 3 }],
      compare: ['/kind', '/reason', '/code'],
    },
    {
      name: 'refuses to change the name',
      method: 'PATCH',
      path: `${DEPLOYMENTS}/valid`,
      headers: JSON_PATCH,
      body: [{ op: 'replace', path: '/metadata/name', value: 'other' }],
      compare: ['/kind', '/reason', '/code'],
    },
    {
      name: 'does not delete a collection by a path that is not one',
      method: 'DELETE',
      path: '/api/v1/pods',
      compare: ['/kind', '/reason', '/code'],
    },
  ],
};
