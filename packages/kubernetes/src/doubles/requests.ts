import type { ApiRequest } from '../transport/api-request.ts';

/** Rules of a program that runs in `jamie`. */
export const RULES = { protectedNamespaces: new Set(['kube-system', 'jamie']) };
export const ALICE = { user: 'alice', groups: ['developers'] };
export const DEPLOYMENT_PATH = '/apis/apps/v1/namespaces/shop/deployments/checkout';
export const REPLICAS = { op: 'replace', path: '/spec/replicas', value: 3 };
export const PRECONDITION = { op: 'add', path: '/metadata/resourceVersion', value: '42' };

/** A dry run that the guard lets pass, with changes. */
export function patchRequest(changes: Partial<ApiRequest> = {}): ApiRequest {
  return {
    method: 'PATCH',
    path: `${DEPLOYMENT_PATH}/scale`,
    query: { dryRun: 'All', fieldManager: 'jamie-scarlet', fieldValidation: 'Strict' },
    contentType: 'application/json-patch+json',
    body: JSON.stringify([REPLICAS]),
    as: ALICE,
    ...changes,
  };
}

/** A real write that needs only a permit, with changes. */
export function realWrite(changes: Partial<ApiRequest> = {}): ApiRequest {
  return patchRequest({
    query: { fieldManager: 'jamie-scarlet', fieldValidation: 'Strict' },
    body: JSON.stringify([PRECONDITION, REPLICAS]),
    ...changes,
  });
}
