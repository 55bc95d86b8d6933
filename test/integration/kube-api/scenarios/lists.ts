import { type Exchange, REFUSAL, type Scenario } from '../exchange.ts';
import { CONFIG_MAPS, configMap, PODS } from './objects.ts';

const NAMES = ['/kind', '/apiVersion', '/items/*/metadata/name'];

function create(name: string, labels: Readonly<Record<string, string>>): Exchange {
  return {
    name: `creates ${name}`,
    method: 'POST',
    path: CONFIG_MAPS,
    body: configMap(name, { suite: 'lists', ...labels }),
    compare: ['/metadata/name'],
  };
}

function list(
  name: string,
  query: Readonly<Record<string, string>>,
  compare: readonly string[] = NAMES,
): Exchange {
  return { name, as: 'jamie', path: `${CONFIG_MAPS}?${new URLSearchParams(query).toString()}`, compare };
}

function select(labelSelector: string): Exchange {
  return list(`selects ${labelSelector}`, { labelSelector: `suite=lists,${labelSelector}` });
}

const PAGE = ['/items/*/metadata/name'];

export const lists: Scenario = {
  name: 'lists',
  exchanges: [
    create('listed-a', { tier: 'front', stage: 'one' }),
    create('listed-b', { tier: 'back' }),
    create('listed-c', { tier: 'front' }),
    create('listed-d', {}),
    create('listed-e', { tier: 'cache', stage: 'one' }),
    select('tier=front'),
    select('tier==front,stage'),
    select('tier!=front'),
    select('tier in (front, cache)'),
    select('tier notin (front, cache)'),
    select('!tier'),
    select('stage'),
    select('tier=nobody'),
    list('selects one name', { fieldSelector: 'metadata.name=listed-c' }),
    list('selects by both', { labelSelector: 'tier=back', fieldSelector: 'metadata.name!=listed-a' }),
    list('leaves kind and apiVersion out of the items', { labelSelector: 'suite=lists,tier=back' }, [
      'keys:/items/0',
      'keys:/items/0/metadata',
      'keys:/metadata',
    ]),
    list('refuses a field that cannot be selected by', { fieldSelector: 'data.colour=blue' }, REFUSAL),
    list('refuses a label selector that cannot be read', { labelSelector: 'tier in front' }, [
      '/kind',
      '/reason',
      '/code',
    ]),
    {
      ...list('gives a first page and a token', { labelSelector: 'suite=lists', limit: '2' }, PAGE),
      capture: { second: '/metadata/continue' },
    },
    {
      name: 'gives the second page',
      as: 'jamie',
      path: `${CONFIG_MAPS}?labelSelector=suite%3Dlists&limit=2&continue={second}`,
      compare: PAGE,
      capture: { third: '/metadata/continue' },
    },
    {
      name: 'gives the last page, without a token',
      as: 'jamie',
      path: `${CONFIG_MAPS}?labelSelector=suite%3Dlists&limit=2&continue={third}`,
      compare: [...PAGE, '/metadata/continue'],
    },
    {
      name: 'changes something, so that older versions can be forgotten',
      method: 'DELETE',
      path: `${CONFIG_MAPS}/listed-e`,
      compare: ['/kind', '/status'],
    },
    {
      name: 'says that a token is too old',
      forget: true,
      as: 'jamie',
      path: `${CONFIG_MAPS}?labelSelector=suite%3Dlists&limit=2&continue={second}`,
      compare: REFUSAL,
      until: { status: 410 },
    },
    list('refuses a token that it did not make', { limit: '2', continue: 'nonsense' }, [
      '/kind',
      '/reason',
      '/code',
    ]),
    list('refuses a limit that is not a number', { limit: 'many' }, ['/kind', '/reason', '/code']),
    {
      name: 'gets one',
      as: 'jamie',
      path: `${CONFIG_MAPS}/listed-a`,
      compare: ['/kind', '/apiVersion', '/data', '/metadata/labels', 'keys:/metadata'],
    },
    { name: 'does not have what is not there', as: 'jamie', path: `${CONFIG_MAPS}/nobody`, compare: REFUSAL },
    { name: 'does not have a pod that is not there', as: 'jamie', path: `${PODS}/nobody`, compare: REFUSAL },
    {
      name: 'has an empty list for a namespace that is not there',
      as: 'jamie',
      path: '/api/v1/namespaces/nowhere/pods',
      compare: ['/kind', '/items'],
    },
  ],
};
