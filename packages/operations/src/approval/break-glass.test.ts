import type { CorrelationId, PlanId } from '@jamie/core';
import { BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createOperations, type Operations } from '../operations.ts';
import { CHECKOUT, OperationsWorld, person } from '../operations-world.fixture.ts';

const MINUTE_MS = 60_000;
const correlationId = 'x_1' as CorrelationId;
const dora = { ...person('dora'), teams: ['on-call'] };
const REVIEW = 'The pool was full and nobody else was awake; two people are paged now.';

const POLICY: PolicyBook = {
  ...BUILT_IN_POLICY,
  breakGlass: {
    teams: ['on-call'],
    owners: ['slack:T1:UOWNER', 'local'],
    expiresAfterMs: 15 * MINUTE_MS,
    reviewWithinMs: 60 * MINUTE_MS,
  },
};

let world: OperationsWorld;
let operations: Operations;

beforeEach(() => {
  world = new OperationsWorld();
  world.people.becomes(dora);
  operations = createOperations({ ...world.context, policy: { current: () => POLICY } });
});

afterEach(() => world.destroy());

const breakGlass = (planId: PlanId, reason = 'checkout is down for everybody', principal = dora) =>
  operations.breakGlass({ planId, principal, reason, correlationId });

describe('breaking the glass', () => {
  it('starts a plan that needs two approvals on one word, and says so on the record', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(plan.risk.quorum.approvals).toBe(2);
    expect(await breakGlass(plan.id)).toMatchObject({ kind: 'started' });
    await world.runJobs(operations);
    expect(world.cluster.writes).toHaveLength(1);
    expect(await world.read(plan.id)).toMatchObject({
      breakGlass: { by: { id: dora.id }, reason: 'checkout is down for everybody' },
      approval: { statement: { basis: 'break_glass' } },
    });
  });

  it('tells the owners at once, each in a message of their own', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await breakGlass(plan.id);
    const place = { surface: 'slack', teamId: 'T1', channelId: 'UOWNER', threadTs: '' } as const;
    const conversation = await world.store.findConversationAt(place);
    const messages = conversation === undefined ? [] : await world.store.listMessages(conversation.id);
    expect(JSON.stringify(messages)).toContain('dora broke the glass');
    const jobs = (await world.store.listOutbox(100)).map(({ job }) => job);
    expect(jobs).toContainEqual(
      expect.objectContaining({
        name: 'notifications.show',
        payload: expect.objectContaining({ messageId: messages[0]?.id }),
      }),
    );
  });

  it('starts once, however often it is done', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    const results = await Promise.allSettled([breakGlass(plan.id), breakGlass(plan.id)]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    await world.runJobs(operations);
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('still needs the rights of the person, now and at the start', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    world.cluster.denied.add('dora');
    expect(await breakGlass(plan.id)).toMatchObject({ kind: 'refused' });
    world.cluster.denied.delete('dora');
    await breakGlass(plan.id);
    world.cluster.denied.add('dora');
    await world.runJobs(operations);
    expect((await world.read(plan.id)).status).toBe('refused');
    expect(world.cluster.writes).toEqual([]);
  });

  it('is refused, and the refusal is on record, to people of other teams and where no rule allows it', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(await breakGlass(plan.id, undefined, person('bob') as typeof dora)).toMatchObject({
      kind: 'refused',
    });
    const request = { planId: plan.id, principal: dora, reason: 'checkout is down', correlationId };
    expect(await world.operations.breakGlass(request)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('No team policy'),
    });
    const kinds = (await world.store.listAudit(0, 1_000)).map(({ entry }) => entry.kind);
    expect(kinds.filter((kind) => kind === 'break_glass.refused')).toHaveLength(2);
  });

  it('owes a review, and until it is written that person breaks no glass', async () => {
    const first = await world.proposeScale(0, person('ada'));
    await breakGlass(first.plan.id);
    await world.runJobs(operations);
    const second = await world.proposeScale(2, person('ada'));
    expect(await breakGlass(second.plan.id)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(first.plan.id),
    });
    expect(await operations.reviewEmergency(first.plan.id, dora, 'ok')).toMatchObject({ kind: 'refused' });
    expect(await operations.reviewEmergency(first.plan.id, dora, REVIEW)).toMatchObject({ kind: 'reviewed' });
    expect(await operations.reviewEmergency(first.plan.id, dora, REVIEW)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('already'),
    });
    expect(await breakGlass(second.plan.id)).toMatchObject({ kind: 'started' });
  });

  it('names everybody who was to be told on the record, reachable in Slack or not', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await breakGlass(plan.id);
    const entries = (await world.store.listAudit(0, 1_000)).map(({ entry }) => entry);
    expect(entries.find(({ kind }) => kind === 'plan.approved')?.details['owners']).toEqual([
      'slack:T1:UOWNER',
      'local',
    ]);
  });

  it('starts one plan of two for which the same person breaks it in the same instant', async () => {
    // The owner has been told something before, so that no two of these messages begin their conversation.
    const before = await world.proposeScale(4, person('ada'));
    await breakGlass(before.plan.id);
    await operations.reviewEmergency(before.plan.id, dora, REVIEW);
    await world.runJobs(operations);
    const written = world.cluster.writes.length;
    const plans = [
      await world.proposeScale(0, person('ada')),
      await world.propose({ kind: 'restart', target: CHECKOUT }, person('ada')),
    ].map(({ plan }) => plan.id);
    const bothLooked = Promise.withResolvers<void>();
    let looks = 0;
    const store = new Proxy(world.store, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (name !== 'listPlans') return typeof member === 'function' ? member.bind(target) : member;
        return async (query: Parameters<typeof target.listPlans>[0]) => {
          const found = await target.listPlans(query);
          looks += 1;
          if (looks === 2) bothLooked.resolve();
          await bothLooked.promise;
          return found;
        };
      },
    });
    const racing = createOperations({ ...world.context, store, policy: { current: () => POLICY } });
    const reason = 'checkout is down for everybody';
    await Promise.all(
      plans.map((planId) => racing.breakGlass({ planId, principal: dora, reason, correlationId })),
    );
    await world.runJobs(operations);
    expect(world.cluster.writes).toHaveLength(written + 1);
    const ends = await Promise.all(plans.map((planId) => world.read(planId)));
    expect(ends.find(({ status }) => status === 'refused')?.reason).toContain('its review has to be written');
  });

  it('lives for fifteen minutes: a plan that is held for longer does not start any more', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(plan.expiresAt - plan.createdAt).toBeGreaterThan(15 * MINUTE_MS);
    await breakGlass(plan.id);
    await world.clock.advance(15 * MINUTE_MS);
    await world.runJobs(operations);
    expect(await world.read(plan.id)).toMatchObject({ status: 'expired' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('starts nothing for somebody who left the team between the word and the start', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await breakGlass(plan.id);
    world.people.becomes(person('dora'));
    await world.runJobs(operations);
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('dora is not in on-call any more'),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it('asks again for the rights of whoever broke it, also where they had voted for somebody else', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    const vote = {
      planId: plan.id,
      planHash: plan.hash,
      principal: dora,
      decision: 'approve',
      onBehalfOf: person('bob'),
      at: world.clock.now(),
    } as const;
    await world.store.commit([{ kind: 'vote.insert', vote }]);
    await breakGlass(plan.id);
    world.cluster.denied.add('dora');
    await world.runJobs(operations);
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('dora may no longer'),
    });
  });

  it('tells the owners once when its review is overdue, and not before', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await breakGlass(plan.id);
    await world.runJobs(operations);
    const told = async () => {
      const place = { surface: 'slack', teamId: 'T1', channelId: 'UOWNER', threadTs: '' } as const;
      const conversation = await world.store.findConversationAt(place);
      const messages = conversation === undefined ? [] : await world.store.listMessages(conversation.id);
      return messages.filter((message) => JSON.stringify(message).includes('overdue')).length;
    };
    await world.clock.advance(60 * MINUTE_MS - 1);
    await operations.recover(MINUTE_MS);
    expect(await told()).toBe(0);
    await world.clock.advance(1);
    const another = createOperations({ ...world.context, policy: { current: () => POLICY } });
    await Promise.all([operations.recover(MINUTE_MS), another.recover(MINUTE_MS)]);
    await operations.recover(MINUTE_MS);
    expect(await told()).toBe(1);
    const kinds = (await world.store.listAudit(0, 1_000)).map(({ entry }) => entry.kind);
    expect(kinds.filter((kind) => kind === 'break_glass.overdue')).toHaveLength(1);
  });

  it('takes its review from whoever broke it or was told, and from nobody else', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await breakGlass(plan.id);
    expect(await operations.reviewEmergency(plan.id, person('bob'), REVIEW)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('one of the owners'),
    });
    const owner = { ...person('UOWNER') };
    expect(await operations.reviewEmergency(plan.id, owner, REVIEW)).toMatchObject({ kind: 'reviewed' });
  });

  it('asks for no review of a plan that was approved as usual', async () => {
    const { plan } = await world.proposeScale(4, person('ada'));
    await world.approve(plan.id, 'ada');
    expect(await operations.reviewEmergency(plan.id, dora, REVIEW)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('needs no review'),
    });
  });
});
