import type { ApplyRequest, JsonObject, KubeObject, ObjectRef } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClusterContractOptions, type ClusterSubject, failureOf, permitFor } from './cluster-subject.ts';

/** What a ClusterWriter promises of server-side apply. */
export function clusterApplyContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterWriter, apply: ${name}`, () => {
    let subject: ClusterSubject;
    let count = 0;

    beforeAll(async () => {
      subject = await create();
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    /** A ConfigMap of a name of its own, that is to be made; or a change of the one that is there. */
    function configMap(data: JsonObject, live?: KubeObject): ApplyRequest {
      if (live === undefined) count += 1;
      const target: ObjectRef = {
        kind: 'ConfigMap',
        namespace: subject.namespace,
        name: live?.metadata.name ?? `applied-${count}`,
      };
      const metadata = { name: target.name, namespace: subject.namespace };
      const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
      return { verb: 'apply', target, uid: live?.metadata.uid ?? null, manifest };
    }

    const find = ({ target }: ApplyRequest) => subject.connection.reader.find(target);
    const send = (request: ApplyRequest, live?: KubeObject) =>
      subject.connection.writer.send(request, live?.metadata.resourceVersion, permitFor(subject, request));

    it('shows in a dry run what would be made, and makes nothing', async () => {
      const request = configMap({ colour: 'blue' });
      const shown = await subject.connection.writer.dryRun(request, subject.operator);
      expect(shown?.['data']).toEqual({ colour: 'blue' });
      expect(await find(request)).toBeUndefined();
    });

    it('makes what is not there, and again has no second effect', async () => {
      const request = configMap({ colour: 'blue' });
      const made = await send(request);
      expect(made?.['data']).toEqual({ colour: 'blue' });
      const again = await send(configMap({ colour: 'blue' }, made), made);
      expect(again?.metadata.resourceVersion).toBe(made?.metadata.resourceVersion);
      const observed = await subject.observed();
      expect(observed.findLast(({ verb }) => verb === 'patch')?.impersonatedUser).toBe(subject.operator.user);
    });

    it('makes nothing where there is something already, and leaves that as it is', async () => {
      const request = configMap({ colour: 'blue' });
      await send(request);
      const other = { ...request, manifest: { ...request.manifest, data: { colour: 'green' } } };
      for (const twice of [request, other]) expect((await failureOf(send(twice))).code).toBe('conflict');
      expect((await find(request))?.['data']).toEqual({ colour: 'blue' });
    });

    it('does not make again what was deleted since it was read', async () => {
      const made = await send(configMap({ colour: 'blue' }));
      const next = configMap({ colour: 'green' }, made);
      await subject.administer('DELETE', pathOf(subject, next));
      expect((await failureOf(send(next, made))).code).toBe('conflict');
      expect(await find(next)).toBeUndefined();
    });

    it('takes away what it had set itself and sets no longer', async () => {
      const first = configMap({ colour: 'blue', size: 'large' });
      const made = await send(first);
      const next = configMap({ colour: 'green' }, made);
      expect((await subject.connection.writer.dryRun(next, subject.operator))?.['data']).toEqual({
        colour: 'green',
      });
      expect((await send(next, made))?.['data']).toEqual({ colour: 'green' });
      expect((await find(next))?.['data']).toEqual({ colour: 'green' });
    });

    it('answers conflict when the object has moved, and changes nothing', async () => {
      const first = configMap({ colour: 'blue' });
      const made = await send(first);
      await subject.administer('PATCH', pathOf(subject, first), { metadata: { labels: { moved: 'yes' } } });
      const next = configMap({ colour: 'green' }, made);
      expect((await failureOf(send(next, made))).code).toBe('conflict');
      expect((await find(next))?.['data']).toEqual({ colour: 'blue' });
    });

    it('names field and manager of what is not ours, and does not take it', async () => {
      const first = configMap({ colour: 'blue', size: 'large' });
      await send(first);
      await subject.administer('PATCH', pathOf(subject, first), { data: { colour: 'red' } });
      const live = await find(first);
      const next = configMap({ colour: 'green', size: 'large' }, live);
      for (const call of [subject.connection.writer.dryRun(next, subject.operator), send(next, live)]) {
        const error = await failureOf(call);
        expect(error.code).toBe('conflict');
        expect(error.details['conflicts']).toEqual([
          {
            field: '.data.colour',
            manager: expect.stringMatching(/./),
            message: expect.stringContaining('conflict'),
          },
        ]);
      }
      expect((await find(next))?.['data']).toEqual({ colour: 'red', size: 'large' });
    });

    it('writes with the rights of the person and under exactly this permit', async () => {
      const request = configMap({ colour: 'blue' });
      const { writer } = subject.connection;
      expect((await failureOf(writer.dryRun(request, subject.stranger))).code).toBe('forbidden');
      const asStranger = writer.send(request, undefined, permitFor(subject, request, subject.stranger));
      expect((await failureOf(asStranger)).code).toBe('forbidden');
      const other = { ...request, manifest: { ...request.manifest, data: { colour: 'black' } } };
      const uncovered = writer.send(other, undefined, permitFor(subject, request));
      expect((await failureOf(uncovered)).code).toBe('policy_denied');
      expect(await find(request)).toBeUndefined();
    });

    it('applies nothing in a protected namespace, not even as a dry run', async () => {
      const { manifest, target } = configMap({ colour: 'blue' });
      const metadata = { name: target.name, namespace: 'kube-system' };
      const request: ApplyRequest = {
        verb: 'apply',
        target: { ...target, namespace: 'kube-system' },
        uid: null,
        manifest: { ...manifest, metadata },
      };
      const { writer } = subject.connection;
      for (const call of [
        writer.dryRun(request, subject.operator),
        writer.send(request, undefined, permitFor(subject, request)),
      ]) {
        expect((await failureOf(call)).code).toBe('policy_denied');
      }
    });
  });
}

function pathOf(subject: ClusterSubject, { target }: ApplyRequest): string {
  return `/api/v1/namespaces/${subject.namespace}/configmaps/${target.name}`;
}
