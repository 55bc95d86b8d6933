import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterSubject,
  createDeployment,
  failureOf,
  observe,
} from './cluster-subject.ts';

/** What a ClusterReader promises about usage: figures where the cluster measures, and no figures where it does not. */
export function clusterUsageContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterReader, usage: ${name}`, () => {
    let subject: ClusterSubject;
    const reader = () => subject.connection.reader;

    beforeAll(async () => {
      subject = await create();
      if (subject.measures === true) await createDeployment(subject, 'measure-me', 2);
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    it('says that nothing measures, what to do, and that asking again is of no use', async () => {
      if (subject.measures === true) return;
      for (const [of, namespace] of [['pods', subject.namespace], ['nodes']] as const) {
        const error = await failureOf(reader().readUsage(of, namespace));
        expect([error.code, error.retryable]).toEqual(['unavailable', false]);
        expect(error.userMessage).toMatch(/metrics-server is not installed/);
      }
    });

    it('measures pods by container', async () => {
      if (subject.measures !== true) return;
      const samples = await observe(
        async () =>
          (await reader().readUsage('pods', subject.namespace)).filter((sample) =>
            sample.name.startsWith('measure-me-'),
          ),
        (found) => found.length === 2,
      );
      for (const sample of samples) {
        const sum = (of: 'cpuMillicores' | 'memoryBytes') =>
          sample.containers.reduce((total, container) => total + container[of], 0);
        expect(sample.namespace).toBe(subject.namespace);
        expect([sample.cpuMillicores, sample.memoryBytes]).toEqual([
          sum('cpuMillicores'),
          sum('memoryBytes'),
        ]);
        expect(sample.memoryBytes).toBeGreaterThan(0);
        expect(Number.isSafeInteger(sample.cpuMillicores) && sample.cpuMillicores >= 0).toBe(true);
        expect(sample.measuredAt).toBeGreaterThan(0);
        expect(sample.windowMs).toBeGreaterThan(0);
      }
      const everywhere = (await reader().readUsage('pods')).map((sample) => sample.name);
      expect(everywhere).toEqual(expect.arrayContaining(samples.map((sample) => sample.name)));
    });

    it('measures nodes', async () => {
      if (subject.measures !== true) return;
      const nodes = await reader().readUsage('nodes');
      expect(nodes.length).toBeGreaterThan(0);
      for (const node of nodes) {
        expect([node.namespace, node.containers]).toEqual(['', []]);
        expect(node.memoryBytes).toBeGreaterThan(0);
      }
    });

    it('reads as the person it is told to, who may less than we', async () => {
      const { stranger, namespace } = subject;
      expect((await failureOf(reader().readUsage('pods', namespace, stranger))).code).toBe('forbidden');
      expect((await failureOf(reader().readUsage('nodes', undefined, stranger))).code).toBe('forbidden');
    });
  });
}
