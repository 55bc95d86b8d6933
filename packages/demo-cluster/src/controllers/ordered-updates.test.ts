import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../objects.ts';
import { daemonSet, statefulSet } from '../seed/manifests.ts';
import { createRehearsal, type Rehearsal } from '../testing/rehearsal.ts';
import { isPodReady } from './pod-readiness.ts';

const options = { namespace: 'default', name: 'store', port: 80, replicas: 3 };
const image = (tag: string): string => `docker.io/library/nginx:${tag}`;

function podsOf(rehearsal: Rehearsal): readonly Pod[] {
  const pods = rehearsal.world.store.list('pods', 'default') as readonly Pod[];
  return pods.filter(({ metadata }) => metadata.labels?.['app'] === 'store');
}

const imagesOf = (rehearsal: Rehearsal): readonly (string | undefined)[] =>
  podsOf(rehearsal).map(({ spec }) => spec.containers[0]?.image);

describe('reconcileStatefulSet', () => {
  it('starts pods in order, and updates them one at a time from the last', () => {
    const rehearsal = createRehearsal();
    rehearsal.apply(statefulSet({ ...options, image: image('1.27') }));
    rehearsal.runFor(60_000);
    expect(podsOf(rehearsal).map(({ metadata }) => metadata.name)).toEqual(['store-0', 'store-1', 'store-2']);
    rehearsal.apply(statefulSet({ ...options, image: image('1.28') }));
    const order: string[] = [];
    let fewest = 3;
    rehearsal.runFor(120_000, () => {
      fewest = Math.min(fewest, podsOf(rehearsal).filter(isPodReady).length);
      for (const pod of podsOf(rehearsal)) {
        const isNew = pod.spec.containers[0]?.image === image('1.28');
        if (isNew && !order.includes(pod.metadata.name)) order.push(pod.metadata.name);
      }
    });
    expect(order).toEqual(['store-2', 'store-1', 'store-0']);
    expect(fewest).toBe(2);
    expect(podsOf(rehearsal).every(isPodReady)).toBe(true);
    expect(rehearsal.world.store.get('statefulsets', 'default', 'store')).toMatchObject({
      status: { replicas: 3, readyReplicas: 3, updatedReplicas: 3 },
    });
  });

  it('removes the last pod first when it is scaled down', () => {
    const rehearsal = createRehearsal();
    rehearsal.apply(statefulSet({ ...options, image: image('1.27') }));
    rehearsal.runFor(60_000);
    rehearsal.apply(statefulSet({ ...options, image: image('1.27'), replicas: 1 }));
    rehearsal.runFor(60_000);
    expect(podsOf(rehearsal).map(({ metadata }) => metadata.name)).toEqual(['store-0']);
  });
});

describe('reconcileDaemonSet', () => {
  it('keeps one pod on every node it may run on, and updates one node at a time', () => {
    const rehearsal = createRehearsal();
    rehearsal.apply(daemonSet({ ...options, image: image('1.27') }));
    rehearsal.runFor(60_000);
    const nodes = podsOf(rehearsal).map(({ spec }) => spec.nodeName);
    expect(nodes.length).toBeGreaterThan(1);
    expect(new Set(nodes).size).toBe(nodes.length);
    rehearsal.apply(daemonSet({ ...options, image: image('1.28') }));
    let fewest = nodes.length;
    rehearsal.runFor(240_000, () => {
      fewest = Math.min(fewest, podsOf(rehearsal).filter(isPodReady).length);
    });
    expect(fewest).toBe(nodes.length - 1);
    expect(imagesOf(rehearsal)).toEqual(nodes.map(() => image('1.28')));
    expect(podsOf(rehearsal).every(isPodReady)).toBe(true);
  });
});
