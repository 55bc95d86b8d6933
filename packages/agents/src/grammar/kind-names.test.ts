import { describe, expect, it } from '@jest/globals';
import { findKind, findKindOutOfReach } from './kind-names.ts';

describe('findKindOutOfReach', () => {
  it.each([
    [['secret/db'], 'Secret'],
    [['Secrets', 'db'], 'Secret'],
    [['ns/shop'], 'Namespace'],
    [['crd/widgets.example.com'], 'CustomResourceDefinition'],
    [['clusterrole/admin'], 'ClusterRole'],
  ])('knows %j as a kind that is never changed', (words, kind) => {
    expect(findKindOutOfReach(words)).toBe(kind);
    expect(findKind(words[0]?.split('/')[0] ?? '')).toBeUndefined();
  });

  it('takes nothing else for one', () => {
    for (const words of [['deploy/secret'], ['checkout'], [], ['pvc/data'], ['secretary/db']])
      expect(findKindOutOfReach(words)).toBeUndefined();
  });
});
