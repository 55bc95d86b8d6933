import type { KubernetesIdentity } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { impersonationHeaders } from './impersonation.ts';

describe('impersonationHeaders', () => {
  it('names the user and each group', () => {
    const identity = { user: 'ada@example.com', groups: ['payments', 'system:authenticated'] };
    expect(impersonationHeaders(identity)).toEqual({
      'impersonate-user': 'ada@example.com',
      'impersonate-group': ['payments', 'system:authenticated'],
    });
  });

  it.each([
    ['an empty user', { user: '', groups: [] }],
    ['a blank user', { user: '   ', groups: [] }],
    ['an absent user', { groups: [] }],
    ['a user of null', { user: null, groups: [] }],
    ['a user that is a list', { user: ['ada'], groups: [] }],
    ['an empty group', { user: 'ada', groups: [''] }],
    ['an absent group', { user: 'ada', groups: [undefined] }],
    ['a user with a space at its end', { user: 'ada ', groups: [] }],
    ['a user with a line break', { user: 'ada\r\nImpersonate-Group: system:masters', groups: [] }],
    ['the group of masters', { user: 'ada', groups: ['system:masters'] }],
    ['the group of nodes', { user: 'ada', groups: ['payments', 'system:nodes'] }],
    ['a user of Kubernetes itself', { user: 'system:kube-controller-manager', groups: [] }],
    ['a service account', { user: 'system:serviceaccount:kube-system:default', groups: [] }],
  ])('refuses %s instead of running as the service itself', (_what, identity) => {
    expect(() => impersonationHeaders(identity as KubernetesIdentity)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  it('either refuses or names exactly the given identity, and never one of the system', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('system:masters', 'ada', ' ', 'system:authenticated'),
    );
    fc.assert(
      fc.property(names, fc.array(names, { maxLength: 4 }), (user, groups) => {
        let headers: Record<string, string | string[]>;
        try {
          headers = impersonationHeaders({ user, groups });
        } catch {
          return;
        }
        expect(headers['impersonate-user']).toBe(user);
        expect(headers['impersonate-group'] ?? []).toEqual(groups);
        const system = [user, ...groups].filter((name) => name.startsWith('system:'));
        expect(system.filter((name) => name !== 'system:authenticated')).toEqual([]);
      }),
    );
  });
});
