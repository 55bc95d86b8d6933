import { createHash } from 'node:crypto';
import { openDatabase } from '@jamie/database';
import {
  aConversation,
  anIntent,
  aPlan,
  aPlanRecord,
  createTemporaryDirectory,
  FakeClock,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { planRecordSchema } from './plan-record-schema.ts';
import { readRecord } from './read-record.ts';

describe('readRecord', () => {
  it('returns what was written, fields of a later version included', () => {
    const record = { ...aPlanRecord(), fromTheFuture: 1 };
    expect(readRecord(planRecordSchema, JSON.stringify(record), 'plan', 'p1')).toEqual(record);
  });

  it.each([
    ['no JSON', '{"plan":'],
    ['another shape', '{}'],
    ['an unknown status', JSON.stringify({ ...aPlanRecord(), status: 'done' })],
    [
      'a number where a text belongs',
      JSON.stringify(aPlanRecord({ plan: { ...aPlan(), hash: 7 as never } })),
    ],
    ['an explicit null', JSON.stringify({ ...aPlanRecord(), watchUntil: null })],
  ])('refuses %s, naming the record', (_what, text) => {
    expect(() => readRecord(planRecordSchema, text, 'plan', 'p-4k7d2m9q')).toThrow(
      expect.objectContaining({
        code: 'internal',
        details: { what: 'plan', id: 'p-4k7d2m9q' },
        userMessage: expect.stringContaining('plan p-4k7d2m9q is damaged'),
      }),
    );
  });

  it('guards every record that the store reads', async () => {
    const directory = createTemporaryDirectory();
    const database = openDatabase({ directory: directory.path });
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    const store = openSqliteStore({ database, digest, clock: new FakeClock() });
    await store.commit([
      { kind: 'plan.insert', record: aPlanRecord() },
      { kind: 'conversation.insert', conversation: aConversation() },
      { kind: 'intent.insert', intent: anIntent() },
    ]);
    for (const table of ['plans', 'conversations', 'intents']) {
      database.run(`UPDATE ${table} SET record = replace(record, '"', '')`);
    }
    const damaged = { code: 'internal', message: 'a stored record is damaged' };
    await expect(store.findPlan(aPlan().id)).rejects.toMatchObject(damaged);
    await expect(store.findConversation(aConversation().id)).rejects.toMatchObject(damaged);
    await expect(store.listIntents(aPlan().id)).rejects.toMatchObject(damaged);
    database.close();
    directory.remove();
  });
});
