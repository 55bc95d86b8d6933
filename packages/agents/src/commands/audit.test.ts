import type { PlanId, Reply } from '@jamie/core';
import { anAuditEntry } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { verifyAudit } from './verify-audit.ts';

const BOB = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob', kubernetes: { user: 'bob', groups: [] } };

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function propose(replicas: number): Promise<PlanId> {
  const { planId } = await world.ask(`scale basket ${replicas} -n shop`);
  if (planId === undefined) throw new Error('no plan');
  return planId;
}

/** As many records of the freeze, in one commit. */
async function append(count: number): Promise<void> {
  const entry = anAuditEntry({ kind: 'freeze', actor: ADA.id, details: { reason: 'sale' } });
  await world.store.commit(Array.from({ length: count }, () => ({ kind: 'audit.append' as const, entry })));
}

function rowsOf(reply: Reply): readonly (readonly string[])[] {
  return reply.sections.flatMap((section) => (section.kind === 'table' ? section.rows : []));
}

describe('audit', () => {
  it('says when there is nothing yet', async () => {
    expect((await world.ask('audit')).headline).toBe('Nothing was asked for or changed yet.');
  });

  it('tells who did what, when and with which result, newest first', async () => {
    const planId = await propose(3);
    await world.clock.advance(65_000);
    await world.ask(`deny ${planId} too many`, 'command', BOB);
    await world.ask('freeze the sale is on');
    expect(rowsOf(await world.ask('audit'))).toEqual([
      ['15 Jan 2026 12:01:05', 'Ada (slack:T1:U1)', 'froze all changes', 'the sale is on'],
      [
        '15 Jan 2026 12:01:05',
        'Bob (slack:T1:U2)',
        `denied ${planId}: Scale Deployment basket 2 → 3 in shop on test`,
        expect.stringContaining('too many'),
      ],
      [
        '15 Jan 2026 12:00:00',
        'Ada (slack:T1:U1)',
        `asked for ${planId}: Scale Deployment basket 2 → 3 in shop on test`,
        expect.stringMatching(/ risk$/),
      ],
    ]);
  });

  it('never shows what people asked in words', async () => {
    await createDesk(world.context).submit({
      idempotencyKey: 'bob-1',
      principal: BOB,
      place: world.place,
      form: 'sentence',
      text: 'why is checkout down, boss?',
    });
    await propose(3);
    expect(JSON.stringify(await world.ask('audit'))).not.toMatch(/boss|request\./);
  });

  it('tells of a vote that had no effect, and why', async () => {
    const planId = await propose(3);
    await world.ask(`deny ${planId}`);
    await world.ask(`approve ${planId}`, 'command', BOB);
    expect(rowsOf(await world.ask('audit'))[0]?.slice(2)).toEqual([
      expect.stringContaining(`voted without effect on ${planId}`),
      'approve: it was decided already',
    ]);
  });

  it.each([
    ['delegation.given', { to: 'slack:T1:U2', until: 0, reason: 'away' }, /stand in.*slack:T1:U2.*away/s],
    ['delegation.ended', { to: 'slack:T1:U2', until: 0, reason: '' }, /nobody stand in.*slack:T1:U2/s],
    ['break_glass.refused', { reason: 'other_team' }, /break the glass.*another team/s],
    ['plan.reviewed', { reason: 'old', text: 'the pool was full' }, /review.*the pool was full/s],
    ['audit.exported', {}, /exported the audit record/],
  ])('tells of %s', async (kind, details, told) => {
    const entry = anAuditEntry({ kind, details, at: world.clock.now() });
    await world.store.commit([{ kind: 'audit.append', entry }]);
    expect(JSON.stringify(rowsOf(await world.ask('audit')))).toMatch(told);
  });

  it('tells the life of one plan alone, with a way to its card', async () => {
    const planId = await propose(3);
    await propose(4);
    await world.ask(`approve ${planId}`);
    const reply = await world.ask(`audit ${planId}`);
    expect(rowsOf(reply).map(([, , what]) => what)).toEqual(['approved it', 'asked for it']);
    expect(reply.headline).toBe(`What happened to ${planId}, newest first.`);
    expect(reply.sections[0]).toEqual({
      kind: 'text',
      lines: ['Scale Deployment basket 2 → 3 in shop on test'],
    });
    expect(reply.followUps).toEqual([{ label: `Show ${planId}`, command: `plan ${planId}` }]);
  });

  it('shows 20 at a time, and leads to the rest', async () => {
    await append(22);
    const first = await world.ask('audit --since 1d');
    expect(rowsOf(first)).toHaveLength(20);
    const [next] = first.followUps ?? [];
    expect(next).toMatchObject({ label: 'Next page', command: expect.stringContaining('--page 2') });
    const second = await world.ask(next?.command ?? '');
    expect(rowsOf(second)).toHaveLength(2);
    expect(second.followUps).toBeUndefined();
    expect((await world.ask('audit --page 3')).headline).toBe('There is nothing more in the audit.');
    expect((await world.ask('audit --page 101')).tone).toBe('refusal');
  });

  it('leaves out what is older than asked for', async () => {
    await propose(3);
    await world.clock.advance(2 * 60 * 60 * 1_000);
    expect((await world.ask('audit --since 1h')).headline).toContain('in that time');
    expect(rowsOf(await world.ask('audit --since 3h'))).toHaveLength(1);
  });

  it('counts records of namespaces that the person may not read, and shows nothing of them', async () => {
    const planId = await propose(3);
    await world.ask('freeze now');
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    const reply = await world.ask('audit', 'command', BOB);
    expect(rowsOf(reply)).toHaveLength(1);
    expect(JSON.stringify(reply)).toContain('One record is about namespaces');
    expect(JSON.stringify(reply)).not.toMatch(new RegExp(`${planId}|basket|shop`));
    expect((await world.ask(`audit ${planId}`, 'command', BOB)).tone).toBe('refusal');
  });

  it('knows no plan that was never made', async () => {
    expect((await world.ask('audit p-00000000')).headline).toContain('I know no plan p-00000000');
  });
});

describe('audit verify', () => {
  it('says how many records hold, with the hash to note', async () => {
    await append(600);
    const before = (await world.store.listAudit(0, 1_000)).length;
    const reply = await world.ask('audit verify');
    // The request itself is on the record by then.
    expect(reply.headline).toBe(
      `All ${before + 1} records of the audit hold: none was changed, moved or taken out.`,
    );
    const last = (await world.store.listAudit(before, 1)).at(-1);
    expect(JSON.stringify(reply.sections)).toContain(last?.hash);
  });

  it('lets others have their turn meanwhile', async () => {
    await append(600);
    const turns: string[] = [];
    setImmediate(() => turns.push('another'));
    await verifyAudit(world.context);
    turns.push('verified');
    expect(turns).toEqual(['another', 'verified']);
  });

  it.each([
    ['was changed', `UPDATE audit SET entry = replace(entry, 'plan', 'plot') WHERE sequence = 2`, 2],
    ['was taken out', 'DELETE FROM audit WHERE sequence = 2', 2],
    ['cannot be read', `UPDATE audit SET entry = '{' WHERE sequence = 2`, 2],
  ])('names the first record that %s', async (_what, statement, sequence) => {
    await propose(3);
    await propose(4);
    world.tamper(statement);
    const reply = await world.ask('audit verify');
    expect(reply).toMatchObject({
      tone: 'error',
      headline: expect.stringContaining(`does not hold from number ${sequence} on`),
    });
  });
});
