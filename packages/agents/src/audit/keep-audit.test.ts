import type { PlanStatus } from '@jamie/core';
import { aPlan, aPlanRecord, aRequest } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditWorld } from './audit-world.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: AuditWorld;

beforeEach(() => {
  world = new AuditWorld();
});

afterEach(() => world.destroy());

describe('createAuditKeeper', () => {
  it('signs what has come, once an hour', async () => {
    const keeper = world.keeper();
    await keeper.sweep();
    expect(await world.headNumbers()).toEqual([]);
    await world.append(2);
    await world.clock.advance(HOUR_MS - 1);
    await keeper.sweep();
    expect(await world.headNumbers()).toEqual([]);
    await world.clock.advance(1);
    await keeper.sweep();
    expect(await world.headNumbers()).toEqual([2]);
    await world.clock.advance(HOUR_MS);
    await keeper.sweep();
    await world.append(1);
    await world.clock.advance(HOUR_MS);
    await keeper.sweep();
    expect(await world.headNumbers()).toEqual([2, 3]);
    expect(await world.verify()).toMatchObject({ walked: { signedUpTo: 3 } });
  });

  it('signs at the first sweep what an earlier process left unsigned for an hour, and at the stop what has come since', async () => {
    await world.append(1);
    await world.keeper().sweep();
    expect(await world.headNumbers()).toEqual([1]);
    await world.append(1);
    const keeper = world.keeper();
    await keeper.sweep();
    expect(await world.headNumbers()).toEqual([1]);
    await keeper.stop();
    expect(await world.headNumbers()).toEqual([1, 2]);
  });

  it('signs nothing that does not hold, and says so', async () => {
    await world.append(3);
    world.database.run("UPDATE audit SET previous_hash = 'f' WHERE sequence = 2");
    await world.keeper().stop();
    expect(await world.headNumbers()).toEqual([]);
    expect(world.logger.entries).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ sequence: 2 }) }),
    );
  });

  it('signs no further when the end that was signed is gone', async () => {
    await world.append(3);
    await world.keeper().stop();
    world.database.run('DELETE FROM audit WHERE sequence = 3');
    await world.clock.advance(1);
    await world.append(2);
    await world.keeper().stop();
    expect(await world.headNumbers()).toEqual([3]);
    expect(await world.verify()).toMatchObject({ fault: { reason: 'rewritten', sequence: 3, earliest: 1 } });
  });

  it('notes every head elsewhere, those that a crash has left out as well', async () => {
    await world.append(1);
    await world.keeper().stop();
    await world.append(1);
    const keeper = world.keeper({ headNotes: world.notes });
    await keeper.stop();
    await keeper.stop();
    expect(world.notes.heads.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(await world.verify(world.notes)).toMatchObject({ walked: { signedUpTo: 2 } });
  });

  it('says when the store lacks what is noted elsewhere, and verifying names the first record that is gone', async () => {
    await world.append(1);
    const keeper = world.keeper({ headNotes: world.notes });
    await keeper.stop();
    await world.append(1);
    await keeper.stop();
    for (const table of ['audit', 'audit_heads'])
      world.database.run(`DELETE FROM ${table} WHERE sequence = 2`);
    expect(await world.verify()).toMatchObject({ walked: { records: 1 } });
    expect(await world.verify(world.notes)).toMatchObject({ fault: { reason: 'cut_off', sequence: 2 } });
    await keeper.stop();
    expect(world.logger.entries).toContainEqual(
      expect.objectContaining({ level: 'error', fields: { noted: 2, stored: 1 } }),
    );
  });

  it('tells in the record itself that another key signs', async () => {
    const keeper = world.keeper({ changedFrom: '00000000000000bb' });
    await keeper.sweep();
    await keeper.sweep();
    const records = await world.store.listAudit(0, 10);
    expect(records.map(({ entry }) => [entry.kind, entry.details])).toEqual([
      ['audit.key_changed', { from: '00000000000000bb', to: world.signer.keyId }],
    ]);
  });
});

describe('the removal of old records', () => {
  /** A head an hour: numbers 2, 4, 6 … */
  async function live(hours: number, retentionDays?: number): Promise<void> {
    const keeper = world.keeper({
      headNotes: world.notes,
      ...(retentionDays !== undefined && { retentionDays }),
    });
    for (let hour = 0; hour < hours; hour += 1) {
      await world.append(2);
      await keeper.sweep();
      await world.clock.advance(HOUR_MS);
    }
  }

  it('keeps everything unless told otherwise', async () => {
    await live(60);
    expect((await world.recordNumbers()).at(0)).toBe(1);
  });

  it('removes up to a signed head what is older, tells of it, and all still verifies', async () => {
    await live(80, 1);
    const removals = await world.store.listAuditRemovals(0, 10);
    expect(removals).toHaveLength(2);
    expect(removals[0]).toMatchObject({
      by: 'system',
      rule: 'AUDIT_RETENTION_DAYS=1',
      count: removals[0]?.upTo,
    });
    const upTo = removals[1]?.upTo ?? 0;
    expect((await world.recordNumbers()).at(0)).toBe(upTo + 1);
    expect(await world.headNumbers()).toContain(upTo);
    const told = (await world.store.listAudit(0, 1_000)).filter(
      ({ entry }) => entry.kind === 'audit.removed',
    );
    expect(told.at(-1)?.entry.details).toMatchObject({
      upTo,
      count: removals[1]?.count,
      hash: removals[1]?.hash,
    });
    const { walked, fault } = await world.verify(world.notes);
    expect([fault, walked.removed]).toEqual([undefined, upTo]);
    const now = world.clock.now();
    const oldest = (await world.store.listAudit(0, 1)).at(0)?.entry.at ?? 0;
    expect(now - oldest).toBeLessThan(2 * DAY_MS + 2 * HOUR_MS);
  });

  it.each<[PlanStatus, boolean]>([
    ['awaiting_approval', true],
    ['watching', true],
    ['succeeded', false],
  ])('with a plan that is %s since the beginning keeps all its records: %s', async (status, isKept) => {
    const request = aRequest({ receivedAt: world.clock.now() });
    const plan = aPlan({ requestId: request.id, createdAt: world.clock.now() });
    await world.store.commit([
      { kind: 'request.insert', request },
      { kind: 'plan.insert', record: aPlanRecord({ plan, status }) },
    ]);
    await live(60, 1);
    expect((await world.recordNumbers()).at(0) === 1).toBe(isKept);
  });

  it('shows when a removal is taken back, or made by somebody else', async () => {
    await live(60, 1);
    world.database.run('DELETE FROM audit_removals');
    expect(await world.verify()).toMatchObject({ fault: { reason: 'missing', sequence: 1 } });
  });
});
