import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Backend } from '../faults/backends/backend.ts';
import { startDemoBackend } from '../faults/backends/demo-backend.ts';
import { ReplicaWorld } from '../faults/slack/replica-world.ts';
import { PEOPLE } from '../faults/slack/trial-script.ts';

jest.setTimeout(120_000);

const QUESTIONS = 24;
const WITHIN_MS = 60_000;

describe('a rolling restart', () => {
  let backend: Backend;
  let world: ReplicaWorld;

  beforeAll(async () => {
    backend = await startDemoBackend();
    world = await ReplicaWorld.start(backend, 1);
  });

  afterAll(async () => {
    await world.end();
    await backend.stop();
  });

  it('loses nothing and answers nothing twice when the new process starts before the old one stops', async () => {
    const { slack } = world;
    const channels = Array.from({ length: QUESTIONS }, (_, index) => `CROLL${index}`);
    const answers = (channel: string) => slack.transcript(channel).filter(({ isOurs }) => isOurs);
    const ask = (channel: string) => slack.mention({ user: PEOPLE.ada, channel, text: 'clusters' });
    for (const [index, channel] of channels.entries()) {
      slack.workspace.addChannel(channel);
      ask(channel);
      if (index % 8 === 3) await world.add();
      if (index % 8 === 6) await world.stopOldest();
    }
    await world.until(() => channels.every((channel) => answers(channel).length > 0), WITHIN_MS);
    await world.until(() => world.isIdle(), WITHIN_MS);
    expect(world.isIdle()).toBe(true);
    expect(channels.map((channel) => answers(channel).length)).toEqual(channels.map(() => 1));
  });
});
