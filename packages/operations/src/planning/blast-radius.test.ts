import type { KubeObject, ObjectRef } from '@jamie/core';
import { aContainer, aPod, aSnapshot } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { takesPod } from '../catalogue/pod-facts.ts';
import { replacesPods } from '../catalogue/workload-facts.ts';
import { blastRadiusOf } from './blast-radius.ts';

const CART: ObjectRef = { kind: 'Deployment', namespace: 'shop', name: 'cart' };

/** Ten ready pods of others in the same namespace. */
function shop() {
  const pods = Array.from({ length: 10 }, (_, index) => aPod({ name: `other-${index}`, namespace: 'shop' }));
  return aSnapshot().with(
    pods,
    aPod({ name: 'down', namespace: 'shop', containers: [aContainer({ ready: false })] }),
  );
}

function object(kind: string, parts: { readonly spec?: object; readonly status?: object }): KubeObject {
  const metadata = {
    name: 'cart',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  return { apiVersion: 'v1', kind, metadata, ...parts } as KubeObject;
}

const cart = (readyReplicas: number) =>
  object('Deployment', { spec: { replicas: 4 }, status: { readyReplicas } });
const pod = (ready: 'True' | 'False') =>
  object('Pod', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready }] } });

describe('blastRadiusOf', () => {
  it('counts every pod that is replaced, and the share of those that are ready', () => {
    const facts = [replacesPods('restart', CART, cart(3))];
    expect(blastRadiusOf(facts, shop().build())).toMatchObject({
      podsAffected: 4,
      namespaceReadyPods: 10,
      share: 0.3,
    });
  });

  it('takes nothing of what is ready where the pods that go are not', () => {
    const down = [replacesPods('rollback', CART, cart(0))];
    expect(blastRadiusOf(down, shop().build())).toMatchObject({ podsAffected: 4, share: 0 });
    expect(blastRadiusOf(down, shop().unread('Pod').build())).toMatchObject({ share: 0 });
  });

  it('does not count ready pods that have the new template already', () => {
    const facts = [replacesPods('rollback', CART, cart(3), { staying: 3 })];
    expect(blastRadiusOf(facts, shop().build())).toMatchObject({ podsAffected: 4, share: 0 });
  });

  it('takes everything where the pods of the namespace could not be read', () => {
    const facts = [replacesPods('restart', CART, cart(1))];
    expect(blastRadiusOf(facts, shop().unread('Pod').build())).toMatchObject({ share: 1 });
  });

  it('counts a pod that goes only while it is ready', () => {
    const share = (each: KubeObject) =>
      blastRadiusOf([takesPod('delete_pod', each, undefined)], shop().build()).share;
    expect(share(pod('True'))).toBe(0.1);
    expect(share(pod('False'))).toBe(0);
  });
});
