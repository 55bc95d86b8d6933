import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Deployment, Pod, ReplicaSet } from '../objects.ts';
import { deployment, type Manifest } from '../seed/manifests.ts';
import { createRehearsal, type Rehearsal } from '../testing/rehearsal.ts';
import { isPodActive, isPodReady } from './pod-readiness.ts';

interface Edit {
  readonly replicas: number;
  readonly tag: string;
  readonly restart: number;
  readonly waitMs: number;
}

function web(edit: Edit): Manifest {
  return deployment({
    namespace: 'default',
    name: 'web',
    image: `docker.io/library/nginx:${edit.tag}`,
    port: 80,
    replicas: edit.replicas,
    pod: { terminationGracePeriodSeconds: edit.restart + 5 },
  });
}

function state(rehearsal: Rehearsal): {
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
} {
  const { store } = rehearsal.world;
  return {
    deployment: store.get('deployments', 'default', 'web') as Deployment,
    sets: store.list('replicasets', 'default') as readonly ReplicaSet[],
    pods: store.list('pods', 'default') as readonly Pod[],
  };
}

const edits = fc.array(
  fc.record({
    replicas: fc.integer({ min: 0, max: 6 }),
    tag: fc.constantFrom('1.27', '1.28', '1.29'),
    restart: fc.integer({ min: 0, max: 2 }),
    waitMs: fc.integer({ min: 0, max: 6000 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('reconcileDeployment', () => {
  it('ends in a consistent state after any sequence of edits', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        const rehearsal = createRehearsal();
        for (const edit of sequence) {
          rehearsal.apply(web(edit));
          rehearsal.runFor(edit.waitMs);
        }
        rehearsal.runFor(120_000);
        const wanted = sequence.at(-1)?.replicas ?? 0;
        const { deployment: final, sets, pods } = state(rehearsal);
        expect(pods).toHaveLength(wanted);
        expect(pods.every(isPodReady)).toBe(true);
        expect(final.status.readyReplicas ?? 0).toBe(wanted);
        expect(final.status.updatedReplicas ?? 0).toBe(wanted);
        expect(final.status.observedGeneration).toBe(final.metadata.generation);
        const uids = new Set(sets.map((set) => set.metadata.uid));
        expect(pods.every((pod) => uids.has(pod.metadata.ownerReferences?.[0]?.uid ?? ''))).toBe(true);
        expect(sets.filter((set) => set.spec.replicas > 0).length).toBe(wanted === 0 ? 0 : 1);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps replicas minus maxUnavailable ready while a healthy image rolls out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (replicas) => {
        const rehearsal = createRehearsal();
        rehearsal.apply(web({ replicas, tag: '1.27', restart: 0, waitMs: 0 }));
        rehearsal.runFor(30_000);
        rehearsal.apply(web({ replicas, tag: '1.28', restart: 0, waitMs: 0 }));
        let fewest = replicas;
        let most = 0;
        rehearsal.runFor(60_000, () => {
          const active = state(rehearsal).pods.filter(isPodActive);
          fewest = Math.min(fewest, active.filter(isPodReady).length);
          most = Math.max(most, active.length);
        });
        expect(fewest).toBeGreaterThanOrEqual(replicas - Math.floor(replicas / 4));
        expect(most).toBeLessThanOrEqual(replicas + Math.ceil(replicas / 4));
      }),
      { numRuns: 8 },
    );
  });

  it('reports ProgressDeadlineExceeded for an image that does not exist and heals on rollback', () => {
    const rehearsal = createRehearsal();
    const good = web({ replicas: 4, tag: '1.27', restart: 0, waitMs: 0 });
    rehearsal.apply(good);
    rehearsal.runFor(30_000);
    rehearsal.apply(web({ replicas: 4, tag: 'missing', restart: 0, waitMs: 0 }));
    rehearsal.runFor(700_000);
    const stuck = state(rehearsal).deployment.status;
    const progressing = stuck.conditions?.find(({ type }) => type === 'Progressing');
    expect(progressing).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(stuck.readyReplicas).toBe(3);
    rehearsal.apply(good);
    rehearsal.runFor(30_000);
    const healed = state(rehearsal).deployment;
    expect(healed.status).toMatchObject({ readyReplicas: 4, updatedReplicas: 4 });
    expect(healed.status.conditions?.find(({ type }) => type === 'Progressing')?.reason).toBe(
      'NewReplicaSetAvailable',
    );
    expect(healed.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  });
});
