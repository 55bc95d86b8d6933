import type { CreateRequest, KubeObject } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClusterContractOptions, type ClusterSubject, failureOf, permitFor } from './cluster-subject.ts';

/** What a ClusterWriter promises of creating. */
export function clusterCreateContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterWriter, create: ${name}`, () => {
    let subject: ClusterSubject;
    let count = 0;

    beforeAll(async () => {
      subject = await create();
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    /** A Job of a name of its own. */
    function job(): CreateRequest {
      count += 1;
      const target = { kind: 'Job', namespace: subject.namespace, name: `made-${count}` } as const;
      const containers = [{ name: 'work', image: 'registry.example/shop/export:once' }];
      return {
        verb: 'create',
        target,
        manifest: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: target.name, namespace: subject.namespace, labels: { app: target.name } },
          spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers } } },
        },
      };
    }

    const find = ({ target }: CreateRequest): Promise<KubeObject | undefined> =>
      subject.connection.reader.find(target);
    const send = (request: CreateRequest) =>
      subject.connection.writer.send(request, undefined, permitFor(subject, request));

    it('shows in a dry run what would be made, and makes nothing', async () => {
      const request = job();
      const shown = await subject.connection.writer.dryRun(request, subject.operator);
      expect([shown?.kind, shown?.metadata.name]).toEqual(['Job', request.target.name]);
      expect(await find(request)).toBeUndefined();
    });

    it('makes it once: asked again, it finds the name taken', async () => {
      const request = job();
      const made = await send(request);
      expect(made?.metadata.uid).not.toBe('');
      const again = await failureOf(send(request));
      expect([again.code, again.details['reason']]).toEqual(['conflict', 'AlreadyExists']);
      expect((await find(request))?.metadata.uid).toBe(made?.metadata.uid);
      const dryRun = subject.connection.writer.dryRun(request, subject.operator);
      expect((await failureOf(dryRun)).code).toBe('conflict');
      const observed = await subject.observed();
      expect(observed.findLast(({ verb }) => verb === 'create')?.impersonatedUser).toBe(
        subject.operator.user,
      );
    });

    it('writes with the rights of the person and under exactly this permit', async () => {
      const request = job();
      const { writer } = subject.connection;
      expect((await failureOf(writer.dryRun(request, subject.stranger))).code).toBe('forbidden');
      const asStranger = writer.send(request, undefined, permitFor(subject, request, subject.stranger));
      expect((await failureOf(asStranger)).code).toBe('forbidden');
      const uncovered = writer.send(request, undefined, permitFor(subject, job()));
      expect((await failureOf(uncovered)).code).toBe('policy_denied');
      expect(await find(request)).toBeUndefined();
    });
  });
}
