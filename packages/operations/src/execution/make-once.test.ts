import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person, TIMING } from '../operations-world.fixture.ts';
import { Crash } from './mortal-process.fixture.ts';
import { buildPart, type Part, type PartKind, proposeParts } from './several-steps.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

/** A plan of one step whose request arrives, and whose worker dies before it can record that. */
async function dieAfterSending(kind: PartKind) {
  const part = buildPart(world, kind, 1);
  const { plan } = await proposeParts(world, [part]);
  await world.operations.vote({ planId: plan.id, principal: person('ada'), decision: 'approve' });
  world.cluster.afterWrite = () => {
    throw new Crash();
  };
  await expect(world.operations.execute(plan.id)).rejects.toThrow(Crash);
  world.cluster.afterWrite = () => undefined;
  return { part, planId: plan.id };
}

const remove = ({ step }: Part) => world.cluster.remove(step.target.ref);
const writes = () => world.cluster.writes.length;

describe.each<PartKind>(['apply_new', 'create'])('a step that makes an object (%s)', (kind) => {
  it('is not carried out again after somebody has deleted what it made', async () => {
    const { part, planId } = await dieAfterSending(kind);
    remove(part);
    await world.clock.advance(120_000);
    await world.another('worker-2').execute(planId);
    expect(writes()).toBe(1);
    expect(await world.read(planId)).toMatchObject({
      status: 'inconclusive',
      reason: expect.stringContaining('I do not make it a second time by myself.'),
    });
    expect(await world.store.listIntents(planId)).toMatchObject([
      { outcome: { kind: 'not_applied', reason: expect.stringContaining('unknown') } },
    ]);
  });

  it('is carried out by the next worker when the first died before it sent anything', async () => {
    const part = buildPart(world, kind, 1);
    const { plan } = await proposeParts(world, [part]);
    await world.operations.vote({ planId: plan.id, principal: person('ada'), decision: 'approve' });
    world.cluster.beforeWrite = () => {
      throw new Crash();
    };
    await expect(world.operations.execute(plan.id)).rejects.toThrow(Crash);
    world.cluster.beforeWrite = () => undefined;
    await world.clock.advance(TIMING.leaseMs + 1);
    await world.another('worker-2').execute(plan.id);
    expect(writes()).toBe(1);
    expect((await world.read(plan.id)).status).toBe('verifying');
  });

  it('is found done when its object is there', async () => {
    const { planId } = await dieAfterSending(kind);
    await world.clock.advance(300_000);
    await world.another('worker-2').execute(planId);
    expect(writes()).toBe(1);
    expect((await world.read(planId)).status).toBe('verifying');
  });

  it('leaves an object alone that somebody else makes while the request is on its way', async () => {
    const part = buildPart(world, kind, 1);
    const { plan } = await proposeParts(world, [part]);
    await world.operations.vote({ planId: plan.id, principal: person('ada'), decision: 'approve' });
    const { ref } = part.step.target;
    world.cluster.beforeWrite = () => {
      world.cluster.beforeWrite = () => undefined;
      world.cluster.put({
        apiVersion: ref.kind === 'Job' ? 'batch/v1' : 'v1',
        kind: ref.kind,
        metadata: {
          name: ref.name,
          namespace: ref.namespace ?? '',
          uid: 'uid-of-another',
          resourceVersion: '7',
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        data: { theirs: 'yes' },
      } as never);
    };
    await world.operations.execute(plan.id);
    expect(writes()).toBe(0);
    expect((await world.read(plan.id)).status).toBe('stale');
  });
});

describe('a worker that stood still after it wrote its intent', () => {
  it('sends nothing once its lease has run out', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    const { store } = world.context;
    let isStopped = false;
    const standing = new Proxy(store, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        if (name !== 'commit') return member.bind(target);
        return async (changes: Parameters<typeof store.commit>[0]) => {
          const result = await target.commit(changes);
          if (!isStopped && changes.some((change) => change.kind === 'intent.insert')) {
            isStopped = true;
            await world.clock.advance(TIMING.leaseMs);
          }
          return result;
        };
      },
    });
    const zombie = world.another('worker-1', { store: standing });
    await expect(zombie.execute(plan.id)).rejects.toBeInstanceOf(OpsError);
    expect(writes()).toBe(0);
    await world.another('worker-2').execute(plan.id);
    expect(writes()).toBe(1);
  });
});
