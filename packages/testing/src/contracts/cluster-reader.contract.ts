import type { ObjectRef } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterSubject,
  createDeployment,
  failureOf,
} from './cluster-subject.ts';

const MANY = 520;

/** What a ClusterReader promises. */
export function clusterReaderContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterReader: ${name}`, () => {
    let subject: ClusterSubject;
    const deployment = (objectName: string): ObjectRef => ({
      kind: 'Deployment',
      namespace: subject.namespace,
      name: objectName,
    });

    beforeAll(async () => {
      subject = await create();
      await createDeployment(subject, 'read-me', 2);
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    it('says which Kubernetes it talks to', async () => {
      expect(await subject.connection.reader.version()).toMatch(/^v1\.\d+/);
    });

    it('gets an object as it is stored', async () => {
      const object = await subject.connection.reader.get(deployment('read-me'));
      expect([object.apiVersion, object.kind, object.metadata.name]).toEqual([
        'apps/v1',
        'Deployment',
        'read-me',
      ]);
      expect(object.metadata.uid).not.toBe('');
      expect(object.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(object.spec?.['replicas']).toBe(2);
    });

    it('tells absent objects apart from present ones', async () => {
      const { reader } = subject.connection;
      expect((await failureOf(reader.get(deployment('absent')))).code).toBe('not_found');
      expect(await reader.find(deployment('absent'))).toBeUndefined();
      expect((await reader.find(deployment('read-me')))?.metadata.name).toBe('read-me');
    });

    it('refuses names that cannot be names', async () => {
      const { reader } = subject.connection;
      for (const objectName of ['../secrets', 'a/b', '', 'UPPER']) {
        expect((await failureOf(reader.get(deployment(objectName)))).code).toBe('invalid_input');
      }
    });

    it('selects by namespace, label and field', async () => {
      const { reader } = subject.connection;
      const { namespace } = subject;
      const names = async (query: Parameters<typeof reader.list>[1]) =>
        (await reader.list('Deployment', query)).map(({ metadata }) => metadata.name);
      await createDeployment(subject, 'select-me');
      expect((await names({ namespace })).sort()).toEqual(expect.arrayContaining(['read-me', 'select-me']));
      expect(await names({ namespace, labelSelector: 'app=select-me' })).toEqual(['select-me']);
      expect(await names({ namespace, fieldSelector: 'metadata.name=read-me' })).toEqual(['read-me']);
      expect(await names({ namespace, labelSelector: 'app in (nobody)' })).toEqual([]);
      expect(await names({})).toEqual(expect.arrayContaining(['read-me', 'select-me']));
    });

    it('completes items of a list with apiVersion and kind', async () => {
      const [node] = await subject.connection.reader.list('Node');
      expect([node?.apiVersion, node?.kind]).toEqual(['v1', 'Node']);
    });

    it('says that a selector is not valid', async () => {
      const query = { namespace: subject.namespace, labelSelector: '!!' };
      expect((await failureOf(subject.connection.reader.list('Pod', query))).code).toBe('invalid_input');
    });

    it('lists more than one page without losing or repeating an object', async () => {
      const path = `/api/v1/namespaces/${subject.namespace}/configmaps`;
      const labels = { suite: 'pages' };
      for (let start = 0; start < MANY; start += 20) {
        const batch = Array.from({ length: 20 }, (_, index) => `page-${start + index}`);
        await Promise.all(
          batch.map((objectName) =>
            subject.administer('POST', path, {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: objectName, labels },
            }),
          ),
        );
      }
      const query = { namespace: subject.namespace, labelSelector: 'suite=pages' };
      const objects = await subject.connection.reader.list('ConfigMap', query);
      expect(new Set(objects.map(({ metadata }) => metadata.name)).size).toBe(MANY);
      expect(objects).toHaveLength(MANY);
    }, 60_000);

    it('reads as the person it is told to, who may less than we', async () => {
      const { reader } = subject.connection;
      const { stranger, operator, namespace } = subject;
      expect((await failureOf(reader.get(deployment('read-me'), stranger))).code).toBe('forbidden');
      expect((await failureOf(reader.list('Pod', { namespace }, stranger))).code).toBe('forbidden');
      expect((await reader.get(deployment('read-me'), operator)).metadata.name).toBe('read-me');
      const impersonated = (await subject.observed()).map(({ impersonatedUser }) => impersonatedUser);
      expect(impersonated).toEqual(expect.arrayContaining([stranger.user, operator.user]));
    });

    it('never asks as an identity that is empty', async () => {
      const { reader } = subject.connection;
      for (const identity of [
        { user: '', groups: [] },
        { user: 'alice', groups: [''] },
      ]) {
        expect((await failureOf(reader.get(deployment('read-me'), identity))).code).toBe('invalid_input');
      }
    });

    it('asks the cluster’s own authoriser what somebody may do', async () => {
      const { reader } = subject.connection;
      const query = { verb: 'patch', target: deployment('read-me'), subresource: 'scale' };
      expect((await reader.reviewAccess(subject.operator, query)).allowed).toBe(true);
      const denied = await reader.reviewAccess(subject.stranger, query);
      expect(denied.allowed).toBe(false);
      expect(denied.reason).not.toBe('');
    });

    it('asks the authoriser about every object of a kind, in a namespace and in the cluster', async () => {
      const { reader } = subject.connection;
      for (const namespace of [{ namespace: subject.namespace }, {}]) {
        const query = { verb: 'list', target: { kind: 'Pod', name: '', ...namespace } } as const;
        expect((await reader.reviewAccess(subject.stranger, query)).allowed).toBe(false);
      }
    });
  });
}
