import type { CorrelationId, Principal } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person } from '../operations-world.fixture.ts';

const HOUR_MS = 3_600_000;
const correlationId = 'x_1' as CorrelationId;
const cleo = person('cleo');
const eve = person('eve');
const EVE = { teamId: 'T1', userId: 'eve' };

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
  world.people.becomes(eve);
  // Eve may do nothing herself.
  world.cluster.denied.add('eve');
});

afterEach(() => world.destroy());

const lend = (from: Principal = cleo, durationMs = HOUR_MS) =>
  world.operations.delegate({ from, to: EVE, durationMs, reason: 'on the train', correlationId });

const audited = async () => (await world.store.listAudit(0, 1_000)).map(({ entry }) => entry.kind);

describe('a delegation', () => {
  it('lets somebody give the approval of somebody else, and the plan runs on the rights of that person', async () => {
    expect(await lend()).toMatchObject({
      kind: 'delegated',
      delegation: { until: world.clock.now() + HOUR_MS },
    });
    const { plan } = await world.proposeScale(0, person('ada'));
    await world.approve(plan.id, 'eve');
    await world.approve(plan.id, 'bob');
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
    const record = await world.read(plan.id);
    expect(record.approval?.statement.approvals).toMatchObject([
      { principalId: eve.id, onBehalfOf: cleo.id, user: 'cleo' },
      { principalId: person('bob').id },
    ]);
  });

  it('shows whoever stands in what they may decide, until it is decided for that person', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    const offered = async () =>
      (await world.operations.listDecidable(eve)).records.map((each) => each.plan.id);
    expect(await offered()).toEqual([]);
    await lend();
    expect(await offered()).toEqual([plan.id]);
    await world.approve(plan.id, 'cleo');
    expect(await offered()).toEqual([]);
  });

  it('is looked up once for a listing, however many plans wait', async () => {
    await lend();
    for (const replicas of [1, 2, 4]) await world.proposeScale(replicas, person('ada'));
    world.people.asked.length = 0;
    let reads = 0;
    const read = world.store.listDelegations.bind(world.store);
    world.store.listDelegations = (at) => {
      reads += 1;
      return read(at);
    };
    expect((await world.operations.listDecidable(eve)).records).toHaveLength(3);
    expect(world.people.asked).toEqual([{ id: cleo.id, moment: 'vote' }]);
    expect(reads).toBe(1);
  });

  it('does not make one approval count twice', async () => {
    await lend();
    const { plan } = await world.proposeScale(0, person('ada'));
    await world.approve(plan.id, 'cleo');
    expect(await world.approve(plan.id, 'eve')).toMatchObject({ kind: 'refused' });
    expect((await world.read(plan.id)).status).toBe('awaiting_approval');
  });

  it('starts nothing once the person behind it has lost the rights', async () => {
    await lend();
    const { plan } = await world.proposeScale(0, person('ada'));
    await world.approve(plan.id, 'eve', 'bob');
    world.cluster.denied.add('cleo');
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('cleo'),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it('starts nothing once either of the two is known no more', async () => {
    await lend();
    const { plan } = await world.proposeScale(0, person('ada'));
    await world.approve(plan.id, 'eve', 'bob');
    world.people.forget(cleo.id);
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('refused');
  });

  it('ends by itself, and when it is ended', async () => {
    await lend(cleo, HOUR_MS);
    await world.clock.advance(HOUR_MS);
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(await world.approve(plan.id, 'eve')).toMatchObject({ kind: 'refused' });
    await lend();
    const ended = await world.operations.endDelegation({ from: cleo, to: EVE, correlationId });
    expect(ended).toMatchObject({ to: { id: eve.id } });
    expect(await world.approve(plan.id, 'eve')).toMatchObject({ kind: 'refused' });
    expect(await world.operations.endDelegation({ from: cleo, to: EVE, correlationId })).toBeUndefined();
    expect((await audited()).filter((kind) => kind.startsWith('delegation.'))).toEqual([
      'delegation.given',
      'delegation.given',
      'delegation.ended',
    ]);
  });

  it('is not passed on', async () => {
    world.people.becomes(person('dora'));
    world.cluster.denied.add('dora');
    await lend();
    const to = { teamId: 'T1', userId: 'dora' };
    await world.operations.delegate({ from: eve, to, durationMs: HOUR_MS, reason: '', correlationId });
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(await world.approve(plan.id, 'dora')).toMatchObject({ kind: 'refused' });
  });

  it('is refused to oneself, to strangers, to automation and for longer than a fortnight', async () => {
    expect(await lend(eve)).toMatchObject({ kind: 'refused', message: expect.stringContaining('yourself') });
    const nobody = {
      from: cleo,
      to: { teamId: 'T1', userId: 'nobody' },
      durationMs: 1,
      reason: '',
      correlationId,
    };
    expect(await world.operations.delegate(nobody)).toMatchObject({ kind: 'refused' });
    expect(await lend(cleo, 15 * 24 * HOUR_MS)).toMatchObject({
      message: expect.stringContaining('14 days'),
    });
    world.people.becomes({ ...eve, source: 'automation' });
    expect(await lend()).toMatchObject({ message: expect.stringContaining('Only a person') });
  });
});
