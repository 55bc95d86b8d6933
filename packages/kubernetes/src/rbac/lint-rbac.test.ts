import { KINDS } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { lintRbac } from './lint-rbac.ts';
import { rbacDocuments, renderRbac } from './render-rbac.ts';

const OPTIONS = {
  identities: { users: ['ada', 'bob'], groups: ['payments'] },
  serviceAccount: { name: 'jamie-scarlet', namespace: 'jamie-scarlet' },
};

function withRule(rule: object): string {
  return rbacDocuments(OPTIONS)
    .map((document) =>
      document.kind === 'ClusterRole' ? { ...document, rules: [...document.rules, rule] } : document,
    )
    .map((document) => stringify(document))
    .join('---\n');
}

const lintRule = (group: string, resource: string, verb: string, names?: readonly string[]) =>
  lintRbac(
    withRule({
      apiGroups: [group],
      resources: [resource],
      verbs: [verb],
      ...(names !== undefined && { resourceNames: names }),
    }),
  );

describe('lintRbac', () => {
  it('finds nothing wrong with what the code renders, whoever is named', () => {
    const names = fc.array(
      fc.stringMatching(/^[a-z@.:-]{1,12}$/).filter((name) => !name.startsWith('system:')),
    );
    fc.assert(
      fc.property(names, names, (users, groups) => {
        expect(lintRbac(renderRbac({ ...OPTIONS, identities: { users, groups } }))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['*', 'pods', 'list'],
    ['', '*', 'list'],
    ['', 'pods', '*'],
    ['', 'secrets', 'get'],
    ['', 'secrets', 'list'],
    ['', 'secrets', 'watch'],
    ['', 'nodes/proxy', 'get'],
    ['', 'pods/exec', 'create'],
    ['', 'pods/exec', 'get'],
    ['', 'pods/attach', 'create'],
    ['', 'pods/portforward', 'create'],
    ['', 'pods/log', 'get'],
    ['', 'pods', 'create'],
    ['', 'namespaces', 'patch'],
    ['', 'persistentvolumes', 'patch'],
    ['', 'serviceaccounts/token', 'create'],
    ['apps', 'deployments', 'patch'],
    ['apps', 'deployments/scale', 'patch'],
    ['rbac.authorization.k8s.io', 'clusterroles', 'escalate'],
    ['rbac.authorization.k8s.io', 'clusterroles', 'bind'],
    ['rbac.authorization.k8s.io', 'rolebindings', 'create'],
    ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'update'],
    ['apiextensions.k8s.io', 'customresourcedefinitions', 'create'],
    ['certificates.k8s.io', 'certificatesigningrequests', 'create'],
    ['', 'users', 'impersonate'],
    ['', 'groups', 'impersonate'],
    ['', 'serviceaccounts', 'impersonate'],
    ['authentication.k8s.io', 'userextras/scopes', 'impersonate'],
  ])('refuses %s %s %s', (group, resource, verb) => {
    const problems = lintRule(group, resource, verb);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain(`${verb} ${resource}`);
  });

  it.each(['system:masters', 'system:nodes', 'system:serviceaccounts'])(
    'refuses to act as the group %s',
    (name) => {
      expect(lintRule('', 'groups', 'impersonate', ['payments', name])[0]).toContain(name);
    },
  );

  it('refuses to act as a user of Kubernetes itself, and an empty list of names, which means all', () => {
    expect(lintRule('', 'users', 'impersonate', ['system:kube-scheduler'])).not.toEqual([]);
    expect(lintRule('', 'groups', 'impersonate', [])).not.toEqual([]);
  });

  it('lets no right through that the service does not use', () => {
    const groups = fc.constantFrom('', 'apps', 'batch', 'rbac.authorization.k8s.io', 'metrics.k8s.io', '*');
    const plurals = Object.values(KINDS).map(({ plural }) => plural);
    const resources = fc.constantFrom(...plurals, 'secrets', 'pods/exec', 'nodes/proxy', 'roles', '*');
    const verbs = fc.constantFrom(
      'get',
      'create',
      'update',
      'patch',
      'delete',
      'deletecollection',
      'bind',
      '*',
    );
    fc.assert(
      fc.property(groups, resources, verbs, (group, resource, verb) => {
        expect(lintRule(group, resource, verb)).not.toEqual([]);
      }),
    );
  });

  const rendered = renderRbac(OPTIONS);
  it.each([
    ['a binding to cluster-admin', rendered.replace(/(roleRef:\n.*\n.*\n {2}name: ).*/, '$1cluster-admin')],
    [
      'another subject',
      rendered.replace(/(subjects:\n {2}- kind: ServiceAccount\n {4}name: ).*/, '$1default'),
    ],
    ['a group as subject', rendered.replace('- kind: ServiceAccount', '- kind: Group')],
    [
      'an aggregated role',
      rendered.replace('kind: ClusterRole\n', 'kind: ClusterRole\naggregationRule: {}\n'),
    ],
    [
      'a rule for URLs',
      rendered.replace('rules:\n', "rules:\n  - nonResourceURLs: ['*']\n    verbs: [get]\n"),
    ],
    [
      'a token in every pod',
      rendered.replace('automountServiceAccountToken: false', 'automountServiceAccountToken: true'),
    ],
    ['another kind', `${rendered}---\nkind: Secret\napiVersion: v1\nmetadata: { name: x }\n`],
    ['what is not YAML', `${rendered}---\n[`],
  ])('refuses %s', (_what, text) => {
    expect(text).not.toBe(rendered);
    expect(lintRbac(text)).not.toEqual([]);
  });
});
