import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { handleRequest } from '../desk/handle-request.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function submit(text: string) {
  return createDesk(world.context).submit({
    idempotencyKey: text,
    principal: ADA,
    place: world.place,
    form: 'command',
    text,
  });
}

async function headlineOfAnswer(requestId: Awaited<ReturnType<typeof submit>>['requestId']) {
  const message = await world.store.findMessage(world.answerId(requestId));
  return message?.body.kind === 'reply' ? message.body.reply.headline : undefined;
}

describe('a vote that names no plan', () => {
  it('never counts for a plan that was made after it was cast', async () => {
    const { requestId } = await submit('approve');
    await world.clock.advance(1);
    const { planId } = await world.ask('scale basket 3 -n shop');
    await handleRequest(world.context, requestId, true);
    expect(await headlineOfAnswer(requestId)).toContain('newer than what you said');
    const [record] = await world.store.listPlans({ limit: 1 });
    expect(record).toMatchObject({ plan: { id: planId }, status: 'awaiting_approval' });
  });

  it('counts for the one that waited when it was cast', async () => {
    await world.ask('scale basket 3 -n shop');
    const { requestId } = await submit('approve');
    await world.clock.advance(1);
    await handleRequest(world.context, requestId, true);
    expect(await headlineOfAnswer(requestId)).toContain('Approved by Ada');
  });
});
