import type { KubeObject, ObjectRef, WriteRequest } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterSubject,
  createDeployment,
  failureOf,
  permitFor,
  scaleRequest,
} from './cluster-subject.ts';

/** What a ClusterWriter promises. */
export function clusterWriterContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterWriter: ${name}`, () => {
    let subject: ClusterSubject;
    let count = 0;

    beforeAll(async () => {
      subject = await create();
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    /** A Deployment of two replicas for one test alone. */
    async function freshDeployment(): Promise<ObjectRef> {
      count += 1;
      const target: ObjectRef = { kind: 'Deployment', namespace: subject.namespace, name: `write-${count}` };
      await createDeployment(subject, target.name, 2);
      return target;
    }

    const live = (target: ObjectRef): Promise<KubeObject> => subject.connection.reader.get(target);
    const patches = async () => (await subject.observed()).filter(({ verb }) => verb === 'patch').length;

    function restartRequest(target: ObjectRef): WriteRequest {
      const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-15T12:00:00Z' };
      return {
        verb: 'patch',
        target,
        patch: [
          { op: 'test', path: '/spec/replicas', value: 2 },
          { op: 'add', path: '/spec/template/metadata/annotations', value: annotations },
        ],
      };
    }

    it('shows what a dry run would store, and stores nothing', async () => {
      const target = await freshDeployment();
      const { writer } = subject.connection;
      const before = await live(target);
      const scale = await writer.dryRun(scaleRequest(subject, target.name, 5), subject.operator);
      expect([scale?.kind, scale?.spec?.['replicas']]).toEqual(['Scale', 5]);
      const restarted = await writer.dryRun(restartRequest(target), subject.operator);
      expect(JSON.stringify(restarted?.spec)).toContain('2026-01-15T12:00:00Z');
      const after = await live(target);
      expect(after.metadata.generation).toBe(before.metadata.generation);
      expect(after.spec).toEqual(before.spec);
    });

    it('scales once, with the version that was read', async () => {
      const target = await freshDeployment();
      const request = scaleRequest(subject, target.name, 3);
      const before = await live(target);
      const permit = permitFor(subject, request);
      const sentBefore = await patches();
      const { scale, version } = await sendFresh(request, permit, target);
      expect(scale?.spec?.['replicas']).toBe(3);
      expect(scale?.metadata.resourceVersion).not.toBe(version);
      const after = await live(target);
      expect(after.spec?.['replicas']).toBe(3);
      expect(after.metadata.generation).toBe((before.metadata.generation ?? 0) + 1);
      const observed = await subject.observed();
      expect(observed.filter(({ verb }) => verb === 'patch').length).toBeGreaterThan(sentBefore);
      expect(observed.findLast(({ verb }) => verb === 'patch')?.impersonatedUser).toBe(subject.operator.user);
    });

    /** Controllers write status at any time: reads and sends until no write came between the two. */
    async function sendFresh(request: WriteRequest, permit: ReturnType<typeof permitFor>, target: ObjectRef) {
      for (let attempt = 1; ; attempt += 1) {
        const version = (await live(target)).metadata.resourceVersion;
        try {
          return { version, scale: await subject.connection.writer.send(request, version, permit) };
        } catch (error) {
          if ((error as { code?: string }).code !== 'conflict' || attempt === 20) throw error;
        }
      }
    }

    it('restarts by the pod template, and again has no second effect', async () => {
      const target = await freshDeployment();
      const request = restartRequest(target);
      const permit = permitFor(subject, request);
      await sendFresh(request, permit, target);
      const { generation } = (await live(target)).metadata;
      await sendFresh(request, permit, target);
      expect((await live(target)).metadata.generation).toBe(generation);
    });

    it('answers conflict when the object has moved, and changes nothing', async () => {
      const target = await freshDeployment();
      const old = (await live(target)).metadata.resourceVersion;
      const path = `/apis/apps/v1/namespaces/${subject.namespace}/deployments/${target.name}`;
      await subject.administer('PATCH', path, { metadata: { labels: { moved: 'yes' } } });
      for (const request of [scaleRequest(subject, target.name, 4), restartRequest(target)]) {
        const send = subject.connection.writer.send(request, old, permitFor(subject, request));
        expect((await failureOf(send)).code).toBe('conflict');
      }
      const after = await live(target);
      expect(after.spec?.['replicas']).toBe(2);
      expect(JSON.stringify(after.spec)).not.toContain('restartedAt');
    });

    it('answers conflict when a test of the patch does not hold', async () => {
      const target = await freshDeployment();
      const request: WriteRequest = {
        verb: 'patch',
        subresource: 'scale',
        target,
        patch: [
          { op: 'test', path: '/spec/replicas', value: 99 },
          { op: 'replace', path: '/spec/replicas', value: 4 },
        ],
      };
      expect((await failureOf(subject.connection.writer.dryRun(request, subject.operator))).code).toBe(
        'conflict',
      );
      expect((await live(target)).spec?.['replicas']).toBe(2);
    });

    it('says what is invalid and what does not exist', async () => {
      const target = await freshDeployment();
      const { writer } = subject.connection;
      const negative = writer.dryRun(scaleRequest(subject, target.name, -1), subject.operator);
      expect((await failureOf(negative)).code).toBe('invalid_input');
      const absent = writer.dryRun(scaleRequest(subject, 'absent', 1), subject.operator);
      expect((await failureOf(absent)).code).toBe('not_found');
    });

    it('writes with the rights of the person, not with ours', async () => {
      const target = await freshDeployment();
      const { writer } = subject.connection;
      const request = scaleRequest(subject, target.name, 3);
      expect((await failureOf(writer.dryRun(request, subject.stranger))).code).toBe('forbidden');
      const { resourceVersion } = (await live(target)).metadata;
      const send = writer.send(request, resourceVersion, permitFor(subject, request, subject.stranger));
      expect((await failureOf(send)).code).toBe('forbidden');
      expect((await live(target)).spec?.['replicas']).toBe(2);
    });

    it('sends nothing without a permit that covers exactly the request', async () => {
      const target = await freshDeployment();
      const { writer } = subject.connection;
      const request = scaleRequest(subject, target.name, 3);
      const permit = permitFor(subject, request);
      const { resourceVersion } = (await live(target)).metadata;
      const before = await patches();
      for (const attempt of [
        writer.send(scaleRequest(subject, target.name, 4), resourceVersion, permit),
        writer.send(restartRequest(target), resourceVersion, permit),
        writer.send(request, resourceVersion, { ...permit }),
      ]) {
        expect((await failureOf(attempt)).code).toBe('policy_denied');
      }
      expect(await patches()).toBe(before);
      expect((await live(target)).spec?.['replicas']).toBe(2);
    });

    it.each(['kube-system', 'kube-public', 'kube-node-lease'])(
      'never writes to %s, not even as a dry run',
      async (namespace) => {
        const scale = scaleRequest(subject, 'anything', 1);
        const request: WriteRequest = { ...scale, target: { ...scale.target, namespace } };
        const { writer } = subject.connection;
        const before = await patches();
        expect((await failureOf(writer.dryRun(request, subject.operator))).code).toBe('policy_denied');
        const send = writer.send(request, '1', permitFor(subject, request));
        expect((await failureOf(send)).code).toBe('policy_denied');
        expect(await patches()).toBe(before);
      },
    );
  });
}
