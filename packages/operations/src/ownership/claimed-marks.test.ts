import { describe, expect, it } from '@jest/globals';
import { manifest, stored } from '../catalogue/catalogue-world.fixture.ts';
import { claimedMarks } from './claimed-marks.ts';

const said = (labels: Readonly<Record<string, string>>) =>
  manifest('ConfigMap', 'settings', { metadata: { name: 'settings', labels } });

describe('claimedMarks', () => {
  it.each([
    ['argocd.argoproj.io/instance', 'Argo CD'],
    ['kustomize.toolkit.fluxcd.io/name', 'Flux'],
    ['scaledobject.keda.sh/name', 'KEDA'],
  ])('names whose an object would be by %s', (key, owner) => {
    expect(claimedMarks(said({ [key]: 'x' }), undefined)).toEqual([
      expect.stringContaining(`Label ${key} would make it ${owner}'s`),
    ]);
  });

  it('reads annotations, too', () => {
    const tracked = { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:/ConfigMap:shop/settings' } };
    expect(claimedMarks({ metadata: { name: 'a', ...tracked } }, undefined)).toHaveLength(1);
    expect(claimedMarks({ metadata: { name: 'a', ...tracked } }, stored('ConfigMap', 'a'))).toHaveLength(1);
    expect(
      claimedMarks({ metadata: { name: 'a', ...tracked } }, stored('ConfigMap', 'a', { metadata: tracked })),
    ).toEqual([]);
  });

  it('says nothing of the labels that people set', () => {
    expect(claimedMarks(said({ team: 'shop', 'helm.sh/chart': 'web-1.0.0' }), undefined)).toEqual([]);
  });
});
