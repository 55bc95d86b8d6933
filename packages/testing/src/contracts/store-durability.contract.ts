import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ConversationId, RequestId, Store } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const KILLS = 5;

/** kill -9 in the middle of commits: what was reported is there, what is there is whole. */
export function storeDurabilityContract({ name, create, capabilities }: StoreContractOptions): void {
  const { spawnCommitter } = capabilities;
  if (spawnCommitter === undefined) return;

  describe(`Store contract, durability: ${name}`, () => {
    let subject: StoreSubject;

    beforeEach(async () => {
      subject = await create();
    });

    afterEach(() => subject.destroy());

    it('has every commit that a killed process reported, and none by half', async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const prefix = `kill${kill}`;
        const reported = await killAfter(spawnCommitter(subject, prefix), 3 + kill * 7);
        const store = await subject.openSecondStore();
        expect(await countWhole(store, prefix)).toBeGreaterThanOrEqual(reported);
      }
    }, 120_000);

    it('lets processes that commit at the same time write one audit chain', async () => {
      const children = ['left', 'right'].map((prefix) => ({
        prefix,
        child: spawnCommitter(subject, prefix),
      }));
      const reported = await Promise.all(children.map(({ child }) => killAfter(child, 30)));
      const store = await subject.openSecondStore();
      const whole = await Promise.all(children.map(({ prefix }) => countWhole(store, prefix)));
      expect(whole.every((count, index) => count >= (reported[index] ?? 0))).toBe(true);
      const records = await store.listAudit(0, 10_000);
      expect(records).toHaveLength(whole.reduce((sum, count) => sum + count, 0));
      expect(records.map((record) => record.sequence)).toEqual(records.map((_, index) => index + 1));
    }, 120_000);
  });
}

/** Kills the process once it has reported so many commits; returns how many it reported until it was dead. */
async function killAfter(child: ChildProcess, commits: number): Promise<number> {
  const closed = once(child, 'close');
  let reported = 0;
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    expect(line).toBe(String(reported));
    reported += 1;
    if (reported === commits) child.kill('SIGKILL');
  }
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  return reported;
}

/** How many numbered commits are there; fails where one is there by half. */
async function countWhole(store: Store, series: string): Promise<number> {
  const isOurs = (id: string) => id.startsWith(`${series}-`);
  const messages = (await store.listMessages(series as ConversationId)).map((message) => message.id);
  const expected = messages.map((_, number) => `${series}-${number}`);
  expect(messages).toEqual(expected);
  const audit = (await store.listAudit(0, 100_000)).map((record) => record.entry.kind);
  expect(audit.filter(isOurs)).toEqual(expected);
  const jobs = (await store.listOutbox(100_000)).map((entry) => entry.job.deduplicationId);
  expect(jobs.filter(isOurs)).toEqual(expected);
  const next = await store.findRequest(`${series}-${expected.length}` as RequestId);
  const requests = await Promise.all(expected.map((id) => store.findRequest(id as RequestId)));
  expect(requests.every((request) => request !== undefined) && next === undefined).toBe(true);
  return expected.length;
}
