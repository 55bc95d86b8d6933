import { afterEach, describe, expect, it } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

let world: BotWorld;

afterEach(async () => {
  await world.end();
});

describe.each(['socket', 'http'] as const)('createBot over %s', (mode) => {
  it('hands a mention in at the desk once and shows the answer in its thread', async () => {
    world = await createBotWorld({ mode });
    const ts = world.slack.mention({ user: 'U1', channel: 'C1', text: 'why is checkout crashing?' });
    const answer = await world.slack.waitFor(() => world.slack.transcript('C1').find((one) => one.isOurs));
    await world.settle();
    expect(answer).toMatchObject({ threadTs: ts, text: 'You said: why is checkout crashing?' });
    expect(world.desk.submissions).toHaveLength(1);
    expect(world.desk.submissions[0]).toMatchObject({
      form: 'sentence',
      place: { surface: 'slack', teamId: 'T0EMULATE', channelId: 'C1', threadTs: ts },
      principal: { displayName: 'Ada' },
    });
    expect(world.slack.acknowledgements.length).toBeGreaterThanOrEqual(2);
  });
});
