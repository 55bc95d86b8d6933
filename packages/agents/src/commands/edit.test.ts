import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { handleRequest } from '../desk/handle-request.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function planned(): Promise<string> {
  const { planId } = await world.ask('scale basket 3 -n shop');
  if (planId === undefined) throw new Error('no plan');
  return planId;
}

const plansOf = () => world.store.listPlans({ limit: 10 });

describe('edit', () => {
  it.each(['command', 'sentence'] as const)(
    'answers with the card of the new plan, and ends the old one, as a %s',
    async (form) => {
      const old = await planned();
      const reply = await world.ask(`edit ${old} replicas=4`, form);
      expect(reply.headline).toContain('2 → 4');
      expect(reply.planId).not.toBe(old);
      const [fresh, replaced] = await plansOf();
      expect(fresh).toMatchObject({ status: 'awaiting_approval', plan: { id: reply.planId, replaces: old } });
      expect(replaced).toMatchObject({ status: 'denied', replacedBy: reply.planId });
    },
  );

  it('makes one plan, however often its request is handled', async () => {
    const old = await planned();
    const { requestId } = await createDesk(world.context).submit({
      idempotencyKey: 'once',
      principal: ADA,
      place: world.place,
      form: 'command',
      text: `edit ${old} replicas=4`,
    });
    const handle = () => handleRequest(world.context, requestId, false);
    const results = await Promise.allSettled([handle(), handle()]);
    for (const { status } of results) if (status === 'rejected') await handle();
    await handle();
    expect(await plansOf()).toHaveLength(2);
  });

  it.each([
    ['replicas=four', /not a name and a whole number/],
    ['replicas=10001', /0 to 10,000/],
    ['revision=2', /only replicas to edit/],
    ['replicas=3', /what the plan says already/],
    ['replicas=2', /already asks for 2/],
    ['', /edit needs more/],
  ])('refuses %s in words, and leaves the plan', async (text, words) => {
    const old = await planned();
    const reply = await world.ask(`edit ${old} ${text}`);
    expect(reply).toMatchObject({ tone: 'refusal', headline: expect.stringMatching(words) });
    expect(await plansOf()).toMatchObject([{ plan: { id: old }, status: 'awaiting_approval' }]);
  });

  it('refuses a plan that it does not know, and one that was decided', async () => {
    expect((await world.ask('edit p-00000000 replicas=4')).headline).toContain('I know no plan p-00000000');
    const old = await planned();
    await world.ask(`deny ${old}`);
    expect((await world.ask(`edit ${old} replicas=4`)).headline).toContain('Already taken back by Ada');
  });

  it('takes a sentence about editing for no command', async () => {
    const old = await planned();
    await world.ask(`could you edit ${old} replicas=4?`, 'sentence');
    await world.ask('edit the basket deployment', 'sentence');
    expect(await plansOf()).toMatchObject([{ status: 'awaiting_approval' }]);
  });
});
