import { type Exchange, MERGE_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { CONFIG_MAPS, DEPLOYMENTS, podTemplate } from './objects.ts';

const APPLIED = `${DEPLOYMENTS}/applied`;
const SETTINGS = `${CONFIG_MAPS}/applied-settings`;
const APPLY_PATCH = { 'content-type': 'application/apply-patch+yaml' };
const OWNERS = [
  '/spec/replicas',
  '/metadata/managedFields/[manager=alpha]/fieldsV1',
  '/metadata/managedFields/[manager=beta]/fieldsV1',
  '/metadata/managedFields/[manager=kubectl]/fieldsV1',
  '/metadata/managedFields/[manager=scaler]/fieldsV1',
];
const CONFLICT = [...REFUSAL, '/details/causes'];

function applied(spec: Readonly<Record<string, unknown>>, labels?: object): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'applied', ...(labels !== undefined && { labels }) },
    spec: { selector: { matchLabels: { app: 'applied' } }, template: podTemplate('applied'), ...spec },
  };
}

function settings(data?: Readonly<Record<string, string>>): unknown {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'applied-settings' },
    ...(data && { data }),
  };
}

function apply(
  name: string,
  manager: string,
  body: unknown,
  compare: readonly string[] = OWNERS,
  path = APPLIED,
): Exchange {
  const query = manager === '' ? '' : `?fieldManager=${manager}`;
  return { name, method: 'PATCH', path: `${path}${query}`, headers: APPLY_PATCH, body, compare };
}

function change(name: string, path: string, body: unknown): Exchange {
  return { name, method: 'PATCH', path, headers: MERGE_PATCH, body, compare: ['/spec/replicas'] };
}

export const serverSideApply: Scenario = {
  name: 'server-side apply',
  exchanges: [
    apply('wants a field manager', '', applied({}), CONFLICT),
    apply('creates', 'alpha', applied({ replicas: 2 }, { app: 'applied', team: 'shop' })),
    apply('conflicts', 'beta', applied({ replicas: 3 }), CONFLICT),
    apply(
      'conflicts twice',
      'beta',
      applied({ replicas: 3, template: podTemplate('applied', 'other:1') }),
      CONFLICT,
    ),
    apply('shares an equal value', 'beta', applied({ replicas: 2 })),
    apply('shows in a dry run what force would do', 'beta&force=true&dryRun=All', applied({ replicas: 3 })),
    apply('forces', 'beta&force=true', applied({ replicas: 3 })),
    apply('removes what it no longer names', 'alpha', applied({}, { app: 'applied' }), [
      ...OWNERS,
      '/metadata/labels',
    ]),
    change('patches replicas as kubectl', `${APPLIED}?fieldManager=kubectl`, { spec: { replicas: 1 } }),
    { name: 'shows who set the replicas', path: APPLIED, compare: OWNERS },
    apply('conflicts with an update', 'alpha', applied({ replicas: 2 }), CONFLICT),
    change('scales', `${APPLIED}/scale?fieldManager=scaler`, { spec: { replicas: 4 } }),
    { name: 'shows who scaled', path: APPLIED, compare: OWNERS },
    apply('conflicts with a scale', 'alpha', applied({ replicas: 2 }), CONFLICT),
    apply(
      'refuses managedFields',
      'alpha',
      { ...(applied({}) as object), metadata: { managedFields: [] } },
      CONFLICT,
    ),
    apply('refuses another kind', 'alpha', { ...(applied({}) as object), kind: 'StatefulSet' }, CONFLICT),
    apply('refuses an unknown field', 'alpha', applied({ nope: 1 }), CONFLICT),
    apply('refuses a number in words', 'alpha', applied({ replicas: 'three' }), CONFLICT),
    apply(
      'creates a ConfigMap',
      'alpha',
      settings({ one: '1', two: '2' }),
      ['/data', OWNERS[1] ?? ''],
      SETTINGS,
    ),
    apply('adds a key to it', 'beta', settings({ three: '3' }), ['/data', OWNERS[2] ?? ''], SETTINGS),
    apply('drops its keys', 'alpha', settings(), ['/data', ...OWNERS.slice(1, 3)], SETTINGS),
    {
      name: 'refuses force where nothing is applied',
      method: 'PATCH',
      path: `${SETTINGS}?force=true`,
      headers: MERGE_PATCH,
      body: {},
      compare: CONFLICT,
    },
  ],
};
