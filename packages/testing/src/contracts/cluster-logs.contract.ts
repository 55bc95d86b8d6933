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
    /** Follows until the text is as wanted, then aborts; whatever comes after that would be a fault. */
    const follow = async (query: LogQuery, isEnough: (text: string) => boolean): Promise<string> => {
      const stop = new AbortController();
      let text = '';
      for await (const chunk of reader().followLog(query, stop.signal)) {
        text += chunk;
        if (isEnough(text)) stop.abort();
      }
      return text;
    };

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
      expect((await failureOf(follow(absent(), () => true))).code).toBe('not_found');
    });

    it('refuses bounds that are none', async () => {
      for (const bad of [{ tailLines: 0 }, { limitBytes: 0 }, { sinceSeconds: 0 }]) {
        expect((await failureOf(reader().readLog({ ...absent(), ...bad }))).code).toBe('invalid_input');
        expect((await failureOf(follow({ ...absent(), ...bad }, () => true))).code).toBe('invalid_input');
      }
    });

    it('reads as the person it is told to, who may less than we', async () => {
      const signal = AbortSignal.timeout(10_000);
      const query = logged === undefined ? absent() : queryOf(logged);
      expect((await failureOf(reader().readLog(query, subject.stranger))).code).toBe('forbidden');
      const followed = reader().followLog(query, signal, subject.stranger)[Symbol.asyncIterator]();
      expect((await failureOf(followed.next())).code).toBe('forbidden');
    });

    it('asks for nothing once it has been told to stop', async () => {
      const chunks: string[] = [];
      for await (const chunk of reader().followLog(absent(), AbortSignal.abort())) chunks.push(chunk);
      expect(chunks).toEqual([]);
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

    it('follows what is written, until it is told to stop', async () => {
      if (logged === undefined) return;
      const query = queryOf(logged);
      const first = await follow(query, (text) => text.split('\n').length > 2);
      expect(first).toBe(await reader().readLog(query));
    });

    it('follows lines that are written later', async () => {
      if (logged?.write === undefined) return;
      const { write } = logged;
      const line = `written-later-${performance.now()}`;
      let isWritten = false;
      const text = await follow(queryOf(logged), (sofar) => {
        if (!isWritten) void write(line);
        isWritten = true;
        return sofar.includes(line);
      });
      expect(text).toContain(line);
    });

    it('follows no further than the bytes that were asked for', async () => {
      if (logged === undefined) return;
      const text = await follow({ ...queryOf(logged), limitBytes: 10 }, () => false);
      expect(Buffer.byteLength(text)).toBeGreaterThan(0);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10);
    });
  });
}
