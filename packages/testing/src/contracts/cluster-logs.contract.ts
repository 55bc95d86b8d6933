import type { LogQuery } from '@jamie/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClusterContractOptions,
  type ClusterSubject,
  failureOf,
  type LoggedContainer,
  observe,
} from './cluster-subject.ts';

const BOUNDS = { tailLines: 2, limitBytes: 4_096 };
const TIMED_LINE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d) /;

/** What a ClusterReader promises about logs. Where the cluster has none, only its refusals are looked at. */
export function clusterLogsContract({ name, create, destroy }: ClusterContractOptions): void {
  describe(`ClusterReader, logs: ${name}`, () => {
    let subject: ClusterSubject;
    let logged: LoggedContainer | undefined;
    const reader = () => subject.connection.reader;
    const absent = (): LogQuery => ({
      namespace: subject.namespace,
      pod: 'absent',
      container: 'web',
      previous: false,
      ...BOUNDS,
    });
    const queryOf = ({ namespace, pod, container }: LoggedContainer): LogQuery => ({
      namespace,
      pod,
      container,
      previous: false,
      ...BOUNDS,
    });
    const linesOf = async (query: LogQuery) => (await reader().readLog(query)).trimEnd().split('\n');

    beforeAll(async () => {
      subject = await create();
      logged = await subject.logged?.();
      const container = logged;
      if (container === undefined) return;
      await observe(
        () => linesOf(queryOf(container)),
        (lines) => lines.length >= 2,
      );
    }, 60_000);
    afterAll(async () => {
      await destroy(subject);
    }, 60_000);

    it('has no log of a pod that does not exist', async () => {
      expect((await failureOf(reader().readLog(absent()))).code).toBe('not_found');
    });

    it('refuses bounds that are none', async () => {
      for (const bad of [{ tailLines: 0 }, { limitBytes: 0 }, { sinceSeconds: 0 }]) {
        expect((await failureOf(reader().readLog({ ...absent(), ...bad }))).code).toBe('invalid_input');
      }
    });

    it('reads as the person it is told to, who may less than we', async () => {
      const query = logged === undefined ? absent() : queryOf(logged);
      expect((await failureOf(reader().readLog(query, subject.stranger))).code).toBe('forbidden');
    });

    it('reads a bounded piece of a log', async () => {
      if (logged === undefined) return;
      const query = queryOf(logged);
      expect(await linesOf(query)).toHaveLength(2);
      const short = await reader().readLog({ ...query, limitBytes: 10 });
      expect(Buffer.byteLength(short)).toBeLessThanOrEqual(10);
    });

    it('reads a stretch of time, with the times', async () => {
      if (logged === undefined) return;
      const query: LogQuery = { ...queryOf(logged), tailLines: 100, sinceSeconds: 86_400, timestamps: true };
      const lines = await linesOf(query);
      expect(lines.length).toBeGreaterThanOrEqual(2);
      for (const line of lines) expect(line).toMatch(TIMED_LINE);
      const plain = await linesOf({ ...query, timestamps: false });
      expect(plain.slice(0, 2)).toEqual(lines.slice(0, 2).map((line) => line.replace(TIMED_LINE, '')));
    });

    it('reads what was written before the last restart, in a stretch of time too', async () => {
      if (logged?.restarted === undefined) return;
      const { text, ...container } = await logged.restarted();
      const query: LogQuery = { ...queryOf(container), tailLines: 100, previous: true };
      expect(await reader().readLog(query)).toContain(text);
      expect(await reader().readLog({ ...query, sinceSeconds: 86_400 })).toContain(text);
    });

    it('reads lines that were written since the last look', async () => {
      if (logged?.write === undefined) return;
      const query = queryOf(logged);
      const line = `written-later-${performance.now()}`;
      await logged.write(line);
      const lines = await observe(
        () => linesOf(query),
        (sofar) => sofar.includes(line),
      );
      expect(lines.at(-1)).toBe(line);
    });
  });
}
