import type { ClusterSnapshot, WorkloadView } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterFaults,
  type ClusterSubject,
  createDeployment,
  observe,
} from './cluster-subject.ts';

const DEFAULT_SILENCE_MS = 60_000;

/** What a SnapshotSource promises. */
export function clusterSnapshotsContract({
  name,
  create,
  destroy,
  silenceMs = DEFAULT_SILENCE_MS,
}: ClusterContractOptions): void {
  describe(`SnapshotSource: ${name}`, () => {
    let subject: ClusterSubject;

    beforeAll(async () => {
      subject = await create();
      await createDeployment(subject, 'watched', 2);
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    const snapshot = (): Promise<ClusterSnapshot> => subject.connection.snapshots.snapshot();
    const watched = ({ objects }: ClusterSnapshot): WorkloadView | undefined =>
      objects.Deployment.find((view) => view.namespace === subject.namespace && view.name === 'watched');

    /** Changes the object past the adapter and waits until the snapshot knows. */
    async function seesReplicas(replicas: number, withinMs?: number): Promise<void> {
      const path = `/apis/apps/v1/namespaces/${subject.namespace}/deployments/watched`;
      await subject.administer('PATCH', path, { spec: { replicas } });
      await observe(snapshot, (taken) => watched(taken)?.replicas === replicas, withinMs);
    }

    it('reads every kind and says for which cluster and when', async () => {
      const taken = await snapshot();
      expect(taken.cluster).toBe(subject.connection.info.name);
      expect(taken.unread).toEqual([]);
      expect(taken.stalenessMs).toBeLessThan(60_000);
      expect(taken.objects.Node.length).toBeGreaterThan(0);
      expect(taken.objects.Namespace.map((view) => view.name)).toContain(subject.namespace);
    });

    it('projects what it reads', async () => {
      const isReady = (taken: ClusterSnapshot) => watched(taken)?.readyReplicas === 2;
      const taken = await observe(snapshot, isReady);
      expect(watched(taken)).toMatchObject({
        kind: 'Deployment',
        replicas: 2,
        availableReplicas: 2,
        selector: { app: 'watched' },
        images: { web: 'registry.example/shop/web:1.0.0' },
        revision: 1,
        paused: false,
      });
      const pods = taken.objects.Pod.filter(
        ({ labels, namespace }) => labels['app'] === 'watched' && namespace === subject.namespace,
      );
      expect(pods).toHaveLength(2);
      expect(pods[0]).toMatchObject({ phase: 'Running', owner: { kind: 'ReplicaSet' } });
      expect(pods[0]?.containers).toMatchObject([
        { name: 'web', ready: true, restartCount: 0, state: { kind: 'running' } },
      ]);
      const replicaSet = taken.objects.ReplicaSet.find(({ uid }) => uid === pods[0]?.owner?.uid);
      expect(replicaSet).toMatchObject({ revision: 1, replicas: 2, owner: { name: 'watched' } });
    }, 40_000);

    it('picks up changes, deletions too', async () => {
      await createDeployment(subject, 'short-lived');
      const has = (taken: ClusterSnapshot) =>
        taken.objects.Deployment.some((view) => view.name === 'short-lived');
      await observe(snapshot, has);
      await seesReplicas(3);
      await subject.administer(
        'DELETE',
        `/apis/apps/v1/namespaces/${subject.namespace}/deployments/short-lived`,
      );
      await observe(snapshot, (taken) => !has(taken));
    }, 40_000);

    it('never changes a snapshot that it gave away', async () => {
      const before = await snapshot();
      const copy = structuredClone(before.objects.Deployment);
      await seesReplicas(4);
      expect(before.objects.Deployment).toEqual(copy);
    }, 40_000);

    const breakages: readonly [string, (faults: ClusterFaults) => void][] = [
      ['every connection is reset', (faults) => faults.dropConnections()],
      [
        'its history is gone',
        (faults) => {
          faults.expireHistory();
          faults.dropConnections();
        },
      ],
      [
        'the server answers 429 for a while',
        (faults) => {
          faults.rateLimit(2);
          faults.dropConnections();
        },
      ],
      ['watches fall silent', (faults) => faults.silenceWatches()],
    ];

    it.each(breakages)(
      'goes on when %s',
      async (_what, breakIt) => {
        await snapshot();
        // Not every server can be made to fail: the adapter's own tests do it on doubles.
        if (subject.faults === undefined) return;
        const { replicas = 0 } = watched(await snapshot()) ?? {};
        breakIt(subject.faults);
        await seesReplicas(replicas + 1, silenceMs + 15_000);
        expect((await observe(snapshot, ({ unread }) => unread.length === 0)).unread).toEqual([]);
      },
      120_000,
    );
  });
}
