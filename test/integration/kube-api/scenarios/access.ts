import { type Exchange, MERGE_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { DEPLOYMENTS, deployment, impersonating, NAMESPACE, PODS } from './objects.ts';

const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const OBJECT = `${DEPLOYMENTS}/guarded`;

function review(
  name: string,
  groups: readonly string[],
  attributes: Readonly<Record<string, string>>,
): Exchange {
  return {
    name,
    as: 'jamie',
    method: 'POST',
    path: REVIEWS,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: 'erin',
        groups: [...groups, 'system:authenticated'],
        resourceAttributes: { namespace: NAMESPACE, ...attributes },
      },
    },
    compare: ['/kind', '/apiVersion', '/status/allowed', '/status/denied'],
  };
}

const PATCH_DEPLOYMENT = {
  verb: 'patch',
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  name: 'guarded',
};

function change(
  name: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  compare = REFUSAL,
): Exchange {
  return {
    name,
    as: 'jamie',
    method: 'PATCH',
    path: OBJECT,
    headers: { ...MERGE_PATCH, ...headers },
    body: { spec: { replicas: 0 } },
    compare,
  };
}

export const access: Scenario = {
  name: 'access',
  exchanges: [
    {
      name: 'has something to guard',
      method: 'POST',
      path: DEPLOYMENTS,
      body: deployment('guarded', 0),
      compare: [],
    },
    review('lets an operator patch', ['jamie-operators'], PATCH_DEPLOYMENT),
    review('lets an operator scale', ['jamie-operators'], { ...PATCH_DEPLOYMENT, subresource: 'scale' }),
    review('does not let a viewer patch', ['jamie-viewers'], PATCH_DEPLOYMENT),
    review('lets a viewer list pods', ['jamie-viewers'], { verb: 'list', version: 'v1', resource: 'pods' }),
    review('does not let somebody without groups list pods', [], {
      verb: 'list',
      version: 'v1',
      resource: 'pods',
    }),
    review('does not let an operator work in kube-system', ['jamie-operators'], {
      ...PATCH_DEPLOYMENT,
      namespace: 'kube-system',
    }),
    {
      name: 'refuses a review of nobody',
      as: 'jamie',
      method: 'POST',
      path: REVIEWS,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
      },
      compare: ['/kind', '/reason', '/code'],
    },
    change('refuses jamie acting for itself', {}),
    change('lets jamie act for an operator', impersonating('erin', 'jamie-operators'), [
      '/kind',
      '/spec/replicas',
    ]),
    change('refuses jamie acting for a viewer', impersonating('erin', 'jamie-viewers')),
    change('refuses jamie acting for somebody without groups', impersonating('erin')),
    change('refuses jamie acting for a group that it may not use', impersonating('erin', 'system:masters')),
    change(
      'refuses several groups when one may not be used',
      impersonating('erin', 'jamie-operators', 'system:masters'),
    ),
    change('refuses a group without a user', { 'impersonate-group': 'jamie-operators' }, ['/kind', '/code']),
    {
      name: 'lets jamie read for a viewer',
      as: 'jamie',
      path: `${PODS}?limit=1`,
      headers: impersonating('erin', 'jamie-viewers'),
      compare: ['/kind'],
    },
    { name: 'refuses a token that nobody gave out', as: 'stranger', path: PODS, compare: REFUSAL },
    { name: 'refuses somebody without a token', as: 'anonymous', path: PODS, compare: REFUSAL },
    {
      name: 'refuses a whole cluster to somebody without a token',
      as: 'anonymous',
      path: '/apis/apps/v1/deployments',
      compare: REFUSAL,
    },
    {
      name: 'tells somebody without a token its version',
      as: 'anonymous',
      path: '/version',
      compare: ['/gitVersion'],
    },
    { name: 'refuses a path that jamie may not read', as: 'jamie', path: '/metrics', compare: REFUSAL },
  ],
};
