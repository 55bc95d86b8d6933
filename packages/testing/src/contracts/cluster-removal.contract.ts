import type { DeleteRequest, EvictRequest, KubeObject } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterSubject,
  createDeployment,
  failureOf,
  observe,
  permitFor,
} from './cluster-subject.ts';

/** What a ClusterWriter promises of deleting and of evicting. */
export function clusterRemovalContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterWriter, delete and evict: ${name}`, () => {
    let subject: ClusterSubject;
    let count = 0;

    beforeAll(async () => {
      subject = await create();
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    const find = ({ target }: DeleteRequest | EvictRequest): Promise<KubeObject | undefined> =>
      subject.connection.reader.find(target);
    const send = (request: DeleteRequest | EvictRequest) =>
      subject.connection.writer.send(request, undefined, permitFor(subject, request));
    const configMaps = () => `/api/v1/namespaces/${subject.namespace}/configmaps`;

    async function storeConfigMap(named: string): Promise<string> {
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: named },
        data: { colour: 'blue' },
      };
      await subject.administer('POST', configMaps(), body);
      const target = { kind: 'ConfigMap', namespace: subject.namespace, name: named } as const;
      return (await subject.connection.reader.get(target)).metadata.uid;
    }

    /** The deletion of a ConfigMap of a name of its own. */
    async function deletion(): Promise<DeleteRequest> {
      count += 1;
      const target = { kind: 'ConfigMap', namespace: subject.namespace, name: `removed-${count}` } as const;
      return { verb: 'delete', target, uid: await storeConfigMap(target.name), propagation: 'Background' };
    }

    /** The eviction of the first of two pods of a Deployment of its own, once both are ready. */
    async function eviction(): Promise<EvictRequest> {
      count += 1;
      const app = `evicted-${count}`;
      await createDeployment(subject, app, 2);
      const query = { namespace: subject.namespace, labelSelector: `app=${app}` };
      const [pod] = await observe(
        () => subject.connection.reader.list('Pod', query),
        (pods) => pods.length === 2 && pods.every(isReady),
      );
      const target = { kind: 'Pod', namespace: subject.namespace, name: pod?.metadata.name ?? '' } as const;
      return { verb: 'evict', target, uid: pod?.metadata.uid ?? '' };
    }

    it('deletes nothing in a dry run', async () => {
      const request = await deletion();
      expect(await subject.connection.writer.dryRun(request, subject.operator)).toBeUndefined();
      expect((await find(request))?.metadata.uid).toBe(request.uid);
    });

    it('deletes once, and then says that there is nothing', async () => {
      const request = await deletion();
      expect(await send(request)).toBeUndefined();
      expect(await find(request)).toBeUndefined();
      expect((await failureOf(send(request))).code).toBe('not_found');
      const observed = await subject.observed();
      expect(observed.findLast(({ verb }) => verb === 'delete')?.impersonatedUser).toBe(
        subject.operator.user,
      );
    });

    it('leaves an object that was made anew under the same name', async () => {
      const request = await deletion();
      await subject.administer('DELETE', `${configMaps()}/${request.target.name}`);
      const uid = await storeConfigMap(request.target.name);
      for (const call of [subject.connection.writer.dryRun(request, subject.operator), send(request)])
        expect((await failureOf(call)).code).toBe('conflict');
      expect((await find(request))?.metadata.uid).toBe(uid);
    });

    it('deletes with the rights of the person and under exactly this permit', async () => {
      const request = await deletion();
      const { writer } = subject.connection;
      expect((await failureOf(writer.dryRun(request, subject.stranger))).code).toBe('forbidden');
      const asStranger = writer.send(request, undefined, permitFor(subject, request, subject.stranger));
      expect((await failureOf(asStranger)).code).toBe('forbidden');
      const foreground: DeleteRequest = { ...request, propagation: 'Foreground' };
      const uncovered = writer.send(request, undefined, permitFor(subject, foreground));
      expect((await failureOf(uncovered)).code).toBe('policy_denied');
      expect(await find(request)).toBeDefined();
    });

    it('evicts nothing in a dry run, and no pod but the one with this uid', async () => {
      const request = await eviction();
      expect(await subject.connection.writer.dryRun(request, subject.operator)).toBeUndefined();
      const other: EvictRequest = { ...request, uid: '00000000-0000-0000-0000-000000000000' };
      expect((await failureOf(send(other))).code).toBe('conflict');
      expect(isGoing(await find(request), request.uid)).toBe(false);
    });

    it('evicts', async () => {
      const request = await eviction();
      expect(await send(request)).toBeUndefined();
      expect(isGoing(await find(request), request.uid)).toBe(true);
    });

    it('says which disruption budget holds an eviction up, and leaves the pod', async () => {
      const request = await eviction();
      const app = `evicted-${count}`;
      await subject.administer(
        'POST',
        `/apis/policy/v1/namespaces/${subject.namespace}/poddisruptionbudgets`,
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: app },
          spec: { minAvailable: 2, selector: { matchLabels: { app } } },
        },
      );
      const error = await observe(
        () => failureOf(subject.connection.writer.dryRun(request, subject.operator)).catch(() => undefined),
        (failure) => failure?.details['reason'] === 'disruption_budget',
      );
      expect(error?.code).toBe('rate_limited');
      expect(error?.userMessage).toContain(app);
      const sent = await failureOf(send(request));
      expect([sent.code, sent.details['reason']]).toEqual(['rate_limited', 'disruption_budget']);
      expect(isGoing(await find(request), request.uid)).toBe(false);
    });
  });
}

function isReady({ status }: KubeObject): boolean {
  const { containerStatuses } = (status ?? {}) as {
    containerStatuses?: readonly { state?: { running?: unknown } }[];
  };
  return containerStatuses?.every(({ state }) => state?.running !== undefined) === true;
}

function isGoing(pod: KubeObject | undefined, uid: string): boolean {
  return pod?.metadata.uid !== uid || pod.metadata.deletionTimestamp !== undefined;
}
