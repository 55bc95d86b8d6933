import { AUDIT_START, type PlanId, type Reply, signAuditHead } from '@jamie/core';
import { FakeSigner } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';

const BOB = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob', kubernetes: { user: 'bob', groups: [] } };

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function propose(): Promise<PlanId> {
  const { planId } = await world.ask('scale basket 3 -n shop');
  if (planId === undefined) throw new Error('no plan');
  return planId;
}

async function sign(): Promise<void> {
  const [end] = await world.store.listRecentAudit({ limit: 1 });
  const last = await world.store.findLastAuditHead();
  const head = signAuditHead(end ?? AUDIT_START, world.clock.now(), last, new FakeSigner());
  await world.store.commit([{ kind: 'audit.sign_head', head }]);
}

function rowsOf(reply: Reply): readonly (readonly string[])[] {
  return reply.sections.flatMap((section) => (section.kind === 'table' ? section.rows : []));
}

function proofOf(reply: Reply): string {
  const [section] = reply.sections;
  return section?.kind === 'text' ? (section.lines[0] ?? '') : '';
}

describe('replay', () => {
  it('tells who asked in which words, what was shown, and who decided why, from the audit alone', async () => {
    const planId = await propose();
    await world.ask(`approve ${planId}`, 'command', BOB);
    const reply = await world.ask(`replay ${planId}`);
    const { plan } = (await world.store.findPlan(planId)) ?? {};
    const rows = rowsOf(reply);
    expect(rows.map(([, , who, what]) => [who, what])).toEqual([
      ['slack:T1:U1', 'asked'],
      ['slack:T1:U1', 'asked for'],
      ['slack:T1:U2', expect.stringMatching(/approved|voted on/)],
    ]);
    const said = rows.map((row) => row[4]);
    expect(said[0]).toBe('“scale basket 3 -n shop”');
    expect(said[1]).toContain(`plan ${plan?.hash.slice(0, 12)}`);
    expect(said[1]).toContain(`policy ${plan?.policyVersion}`);
    expect(said[2]).toContain('approve by slack:T1:U2 (bob)');
    for (const facts of said) expect(facts).not.toContain('.;');
    expect(reply.followUps).toEqual([{ label: `Show ${planId}`, command: `plan ${planId}` }]);
  });

  it('says whether that part of the audit is signed', async () => {
    const planId = await propose();
    expect(proofOf(await world.ask(`replay ${planId}`))).toContain('they will be signed within the hour');
    await sign();
    const proof = proofOf(await world.ask(`replay ${planId}`));
    expect(proof).toContain(`hold and are signed`);
    expect(proof).toContain(new FakeSigner().keyId);
  });

  it('says that it does not hold, and still tells what is there', async () => {
    const planId = await propose();
    await sign();
    world.tamper(`UPDATE audit SET entry = replace(entry, 'low', 'lax') WHERE kind = 'plan.proposed'`);
    const reply = await world.ask(`replay ${planId}`);
    expect(reply.tone).toBe('error');
    expect(proofOf(reply)).toMatch(/does not hold from number 2 on/);
    expect(rowsOf(reply).length).toBeGreaterThan(1);
  });

  it('knows no plan that never was, and needs one', async () => {
    expect(await world.ask('replay p-00000009')).toMatchObject({ tone: 'refusal' });
    expect(await world.ask('replay')).toMatchObject({ tone: 'refusal' });
  });

  it('tells nobody of a plan whose namespace they may not read', async () => {
    const planId = await propose();
    world.cluster.denied.add('bob');
    expect(await world.ask(`replay ${planId}`, 'command', BOB)).toMatchObject({ tone: 'refusal' });
  });
});
