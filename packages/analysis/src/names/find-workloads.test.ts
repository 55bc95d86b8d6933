import { aDeployed, aNode, aService, aSnapshot, aWorkload } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { editDistance } from './edit-distance.ts';
import { findWorkloads } from './find-workloads.ts';

const snapshot = aSnapshot()
  .with(
    aDeployed('checkout', [{ revision: 1, pods: [{}] }]).views,
    aDeployed('checkout', [{ revision: 1, pods: [{}] }], { namespace: 'staging' }).views,
    aDeployed('basket', [{ revision: 1, pods: [{}] }]).views,
    aWorkload('StatefulSet', 'payments-db'),
    aService('basket'),
    aService('gateway'),
    aNode('worker-1'),
  )
  .build();

function namesOf(words: string, namespace?: string) {
  const found = findWorkloads(snapshot, words.split(' '), namespace);
  switch (found.kind) {
    case 'one':
      return `${found.reason} ${found.ref.kind} ${found.ref.namespace ?? ''}/${found.ref.name}`;
    case 'several':
      return found.refs.map((ref) => `${ref.namespace}/${ref.name}`);
    default:
      return { none: found.suggestions.map((ref) => ref.name) };
  }
}

describe('findWorkloads', () => {
  it.each([
    ['basket', 'exact Deployment shop/basket'],
    ['deploy/basket', 'exact Deployment shop/basket'],
    ['deployment basket', 'exact Deployment shop/basket'],
    ['shop/basket', 'exact Deployment shop/basket'],
    ['staging/checkout', 'exact Deployment staging/checkout'],
    ['staging/deploy/checkout', 'exact Deployment staging/checkout'],
    ['the basket service', 'exact Deployment shop/basket'],
    ['our Basket app', 'exact Deployment shop/basket'],
    ['svc/basket', 'exact Service shop/basket'],
    ['gateway', 'exact Service shop/gateway'],
    ['payments db', 'exact StatefulSet shop/payments-db'],
    ['pay', 'prefix StatefulSet shop/payments-db'],
    ['basket-hash1-pod0', 'exact Pod shop/basket-hash1-pod0'],
    ['worker-1', 'exact Node /worker-1'],
  ])('takes "%s" for %s', (words, expected) => {
    expect(namesOf(words)).toBe(expected);
  });

  it('asks when two namespaces have the name, and does not when one is given', () => {
    expect(namesOf('checkout')).toEqual(['shop/checkout', 'staging/checkout']);
    expect(namesOf('checkout', 'staging')).toBe('exact Deployment staging/checkout');
  });

  it.each([
    ['chekcout', ['checkout', 'checkout']],
    ['baskte', ['basket', 'basket']],
    ['nothing-like-it', []],
    ['', []],
  ])('only suggests for "%s"', (words, suggestions) => {
    expect(namesOf(words)).toEqual({ none: suggestions });
  });

  it('suggests the same name in another namespace', () => {
    expect(namesOf('basket', 'staging')).toEqual({ none: ['basket', 'basket'] });
  });
});

describe('editDistance', () => {
  it.each([
    ['checkout', 'checkout', 0],
    ['chekcout', 'checkout', 1],
    ['chckout', 'checkout', 1],
    ['kitten', 'sitting', 3],
    ['a', 'abcdefgh', 4],
  ])('counts the edits from %s to %s, and stops above three', (left, right, expected) => {
    expect(editDistance(left, right, 3)).toBe(expected);
  });
});
