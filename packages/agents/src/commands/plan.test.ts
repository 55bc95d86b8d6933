import type { Clusters, PlanId } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';

const BOB = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob', kubernetes: { user: 'bob', groups: [] } };
const ELSEWHERE = { surface: 'slack', teamId: 'T1', channelId: 'C2', threadTs: '7.0' } as const;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function propose(replicas: number, name = 'basket'): Promise<PlanId> {
  const { planId } = await world.ask(`scale ${name} ${replicas} -n shop`);
  if (planId === undefined) throw new Error('no plan');
  return planId;
}

async function decideIn(place: AgentsWorld['place'], work: () => Promise<PlanId>): Promise<PlanId> {
  const before = world.place;
  world.place = place;
  const planId = await work();
  world.place = before;
  return planId;
}

describe('plan', () => {
  it('says that no plan is open when none is', async () => {
    const denied = await propose(3);
    await world.ask(`deny ${denied}`);
    const reply = await world.ask('plan');
    expect(reply.headline).toBe('No plan is open that you may see.');
    expect(reply.followUps).toBeUndefined();
  });

  it('lists those of this conversation first, each with a way to see its card', async () => {
    const here = await propose(3);
    const elsewhere = await decideIn(ELSEWHERE, () => propose(4, 'checkout'));
    const reply = await world.ask('plan');
    expect(reply.headline).toBe('2 plans are open, 1 in this conversation.');
    expect(reply.sections).toMatchObject([
      {
        rows: [
          [here, expect.stringContaining('basket 2 → 3'), expect.any(String), 'this conversation'],
          [elsewhere, expect.stringContaining('checkout'), expect.any(String), 'elsewhere'],
        ],
      },
    ]);
    expect(reply.followUps?.map(({ command }) => command)).toEqual([`plan ${here}`, `plan ${elsewhere}`]);
  });

  it('offers a choice where there are more than five', async () => {
    for (let replicas = 3; replicas < 9; replicas += 1) await propose(replicas);
    const reply = await world.ask('plan');
    expect(reply.followUps).toBeUndefined();
    expect(reply.choice?.options).toHaveLength(6);
  });

  it('counts plans in namespaces that the person may not read, and names nothing of them', async () => {
    const planId = await propose(3);
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    const reply = await world.ask('plan', 'command', BOB);
    expect(reply.sections).toMatchObject([
      { lines: [expect.stringContaining('One more is about namespaces')] },
    ]);
    expect(JSON.stringify(reply)).not.toMatch(new RegExp(`${planId}|basket|shop`));
  });

  it('shows the live card of a plan anew, in a message that follows its plan', async () => {
    const planId = await decideIn(ELSEWHERE, () => propose(3));
    const reply = await world.ask(`plan ${planId}`);
    expect(reply).toMatchObject({ planId, headline: expect.stringContaining('basket 2 → 3') });
    await world.ask(`deny ${planId}`);
    const desk = createDesk(world.context);
    const conversation = await desk.findConversationAt(world.place);
    const shown = await desk.readTranscript(conversation?.id ?? ('' as never));
    const cards = shown.filter(({ card }) => card !== undefined);
    expect(cards.map(({ card }) => [card?.planId, card?.status])).toEqual([[planId, 'cancelled']]);
    expect(await world.store.listMessagesOfPlan(planId)).toHaveLength(2);
  });

  it('shows no card of a namespace that the person may not read', async () => {
    const planId = await propose(3);
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    const reply = await world.ask(`plan ${planId}`, 'command', BOB);
    expect(reply.tone).toBe('refusal');
    expect(JSON.stringify(reply)).not.toMatch(/basket|shop/);
    expect(await world.store.listMessagesOfPlan(planId)).toHaveLength(1);
  });

  it('shows nothing of a cluster that it cannot ask', async () => {
    const planId = await propose(3);
    const away: Clusters = {
      list: () => [],
      connect: () => {
        throw new OpsError('not_found', 'no such cluster');
      },
    };
    Object.assign(world.context, { clusters: away });
    expect((await world.ask(`plan ${planId}`)).tone).toBe('refusal');
    expect((await world.ask('plan')).headline).toBe('No plan is open that you may see.');
  });

  it('knows no plan that was never made', async () => {
    expect(await world.ask('plan p-00000000')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('I know no plan p-00000000'),
    });
  });
});

describe('status', () => {
  it('lists open plans only where the person may read', async () => {
    await propose(3);
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    expect((await world.ask('status')).headline).toContain('Open plans: 1.');
    const reply = await world.ask('status', 'command', BOB);
    expect(JSON.stringify(reply)).not.toMatch(/basket|shop/);
  });
});
