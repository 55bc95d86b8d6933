import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, person } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

const refusals = async () =>
  (await world.store.listAudit(0, 1_000))
    .filter(({ entry }) => entry.kind === 'vote.refused')
    .map(({ entry }) => entry.details['reason']);

describe('a voter at the moment of the vote', () => {
  it('is refused when they were taken out since the card was shown, and the refusal is audited', async () => {
    const { plan } = await world.proposeScale(5);
    world.people.forget(person('bob').id, 'I do not know you any more.');
    expect(await world.approve(plan.id, 'bob')).toEqual({
      kind: 'refused',
      message: 'I do not know you any more.',
    });
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    expect(await world.store.listVotes(plan.id)).toEqual([]);
    expect(await refusals()).toEqual(['unknown_person']);
    expect(world.people.asked).toEqual([{ id: person('bob').id, moment: 'vote' }]);
  });

  it('is refused, and the plan waits, while nobody can say who they are', async () => {
    const { plan } = await world.proposeScale(5);
    world.people.isAway = true;
    expect(await world.approve(plan.id, 'bob')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Try again'),
    });
    world.people.isAway = false;
    await world.approve(plan.id, 'bob');
    expect((await world.read(plan.id)).status).toBe('approved');
  });

  it('votes with the groups and teams of that moment', async () => {
    const { plan } = await world.proposeScale(5);
    const bob = person('bob');
    const now = { ...bob, teams: ['leads'], kubernetes: { user: bob.kubernetes.user, groups: ['other'] } };
    world.people.becomes(now);
    await world.approve(plan.id, 'bob');
    expect((await world.store.listVotes(plan.id)).map((vote) => vote.principal)).toEqual([now]);
  });
});

describe('people at the moment of the start', () => {
  it.each([
    ['the requester', 'ada'],
    ['an approver', 'bob'],
  ])('stop the plan when %s is known no more', async (_who, name) => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.people.forget(person(name).id);
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(`${name} is not known any more`),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it.each([
    ['user', { user: 'somebody-else' }],
    ['group', { groups: ['other'] }],
    ['number of groups', { groups: ['team', 'other'] }],
    ['person to be, in no group', { groups: [] as string[] }],
  ])('stop the plan when the requester was given another %s', async (_what, change) => {
    const ada = { ...person('ada'), kubernetes: { user: 'ada', groups: ['team'] } };
    const { plan } = await world.propose({ kind: 'scale', target: CHECKOUT, replicas: 5 }, ada);
    await world.approve(plan.id, 'bob');
    world.people.becomes({ ...ada, kubernetes: { ...ada.kubernetes, ...change } });
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('other rights'),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it('stop the plan when an approver left the team whose approval it needs', async () => {
    const quorum = { approvals: 1, requesterCounts: false, fromTeams: ['payments'] };
    const book = world.book;
    world.book = {
      ...book,
      decide(facts) {
        const decision = book.decide(facts);
        return decision.kind === 'deny' ? decision : { ...decision, risk: { ...decision.risk, quorum } };
      },
    };
    const { plan } = await world.proposeScale(5);
    world.people.becomes({ ...person('bob'), teams: ['payments'] });
    await world.approve(plan.id, 'bob');
    expect((await world.read(plan.id)).status).toBe('approved');
    world.people.becomes(person('bob'));
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('bob is not in payments any more'),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it('are waited for while nobody can say who they are', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.people.isAway = true;
    await expect(world.operations.execute(plan.id)).rejects.toMatchObject({ retryable: true });
    expect(world.cluster.writes).toEqual([]);
    world.people.isAway = false;
    await world.operations.execute(plan.id);
    expect(world.cluster.writes).toHaveLength(1);
  });
});
