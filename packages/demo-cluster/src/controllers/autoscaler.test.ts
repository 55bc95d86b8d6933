import { describe, expect, it } from '@jest/globals';
import type { ControllerRevision } from '../batch-objects.ts';
import type { Deployment, Pod } from '../objects.ts';
import { deployment, type Manifest, statefulSet } from '../seed/manifests.ts';
import { createRehearsal } from '../testing/rehearsal.ts';

const APP = { namespace: 'default', name: 'web', image: 'registry.example/web:1.0.0', port: 80 };

function autoscaler(minReplicas: number, maxReplicas: number): Manifest {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas,
      maxReplicas,
    },
  };
}

describe('reconcileAutoscaler', () => {
  it('keeps replicas between its bounds, whoever moves them or it', () => {
    const rehearsal = createRehearsal('empty');
    const replicas = (): number =>
      (rehearsal.world.store.get('deployments', 'default', 'web') as Deployment).spec.replicas;
    rehearsal.apply(deployment({ ...APP, replicas: 2 }));
    rehearsal.apply(autoscaler(3, 5));
    rehearsal.runFor(1_000);
    expect(replicas()).toBe(3);
    rehearsal.apply(deployment({ ...APP, replicas: 9 }));
    rehearsal.runFor(1_000);
    expect(replicas()).toBe(5);
    rehearsal.apply(autoscaler(1, 4));
    rehearsal.runFor(1_000);
    expect(replicas()).toBe(4);
    rehearsal.apply(deployment({ ...APP, replicas: 0 }));
    rehearsal.runFor(1_000);
    expect(replicas()).toBe(0);
    expect(() => rehearsal.apply(autoscaler(4, 3))).toThrow('minReplicas');
  });
});

describe('recordRevision', () => {
  it('keeps each template of a StatefulSet, and makes one that comes back the newest', () => {
    const rehearsal = createRehearsal('empty');
    const revisions = (): readonly number[] =>
      (rehearsal.world.store.list('controllerrevisions', 'default') as readonly ControllerRevision[])
        .map(({ revision }) => revision)
        .sort();
    const roll = (tag: string): void => {
      rehearsal.apply(statefulSet({ ...APP, name: 'cache', image: `registry.example/cache:${tag}` }));
      rehearsal.runFor(60_000);
    };
    roll('1');
    roll('2');
    expect(revisions()).toEqual([1, 2]);
    roll('1');
    expect(revisions()).toEqual([2, 3]);
    const [pod] = rehearsal.world.store.list('pods', 'default') as readonly Pod[];
    const name = pod?.metadata.labels?.['controller-revision-hash'] ?? '';
    const current = rehearsal.world.store.get('controllerrevisions', 'default', name) as ControllerRevision;
    expect([current.revision, JSON.stringify(current.data)]).toEqual([3, expect.stringContaining('cache:1')]);
  });
});
