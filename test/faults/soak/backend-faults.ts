import { setTimeout as sleep } from 'node:timers/promises';
import type { OllamaFault } from '@jamie/testing';
import type { SoakFault, SoakScene } from './soak-fault.ts';
import type { SoakServers } from './soak-world.ts';

/** How long a server stays away. */
const AWAY_MS = { least: 300, most: 4_000 };
const ILL_MS = { least: 2_000, most: 8_000 };

/** What happens to the model, and to MongoDB and Redis where there are any. */
export const BACKEND_FAULTS: readonly SoakFault[] = [
  {
    ...{
      family: 'F16',
      name: 'the model hangs, stalls, is cut, slow, empty or talks garbage',
      place: 'model',
    },
    async play({ world: { model }, dice }) {
      const before = model.chats.length;
      model.fault = modelFault({ dice });
      await sleep(dice.between(ILL_MS.least, ILL_MS.most));
      model.fault = undefined;
      return model.chats.length > before;
    },
  },
  {
    ...{
      family: 'F7',
      name: 'MongoDB away, and back with what it had confirmed',
      place: 'records',
      pair: 'full',
    },
    play: (scene) =>
      withServers(scene, async ({ mongodb }) => {
        await mongodb.halt();
        await away(scene);
        await mongodb.resume();
      }),
  },
  {
    ...{ family: 'F7', name: 'the primary of MongoDB steps down', place: 'records', pair: 'full' },
    play: (scene) => withServers(scene, async ({ mongodb }) => mongodb.stepDown()),
  },
  {
    ...{ family: 'F5', name: 'Redis emptied', place: 'jobs', pair: 'full' },
    play: (scene) =>
      withServers(scene, async ({ redis }) => {
        await redis.command('FLUSHALL');
      }),
  },
  {
    ...{ family: 'F5', name: 'Redis killed (SIGKILL), and back with its file', place: 'jobs', pair: 'full' },
    play: (scene) =>
      withServers(scene, async ({ redis }) => {
        await redis.kill();
        await away(scene);
        await redis.restart();
      }),
  },
  {
    ...{ family: 'F6', name: 'Redis silent (SIGSTOP), and back', place: 'jobs', pair: 'full' },
    play: (scene) =>
      withServers(scene, async ({ redis }) => {
        redis.freeze();
        await away(scene);
        redis.thaw();
      }),
  },
];

async function withServers(
  { world: { servers } }: SoakScene,
  act: (servers: SoakServers) => Promise<void>,
): Promise<boolean> {
  if (servers === undefined) return false;
  await act(servers);
  return true;
}

function away({ dice }: SoakScene): Promise<void> {
  return sleep(dice.between(AWAY_MS.least, AWAY_MS.most));
}

function modelFault({ dice }: Pick<SoakScene, 'dice'>): OllamaFault {
  return dice.oneOf<OllamaFault>([
    { kind: 'hang' },
    { kind: 'slow', delayMs: dice.between(50, 1_000) },
    { kind: 'stall', afterTokens: dice.between(0, 20) },
    { kind: 'cut', afterTokens: dice.between(0, 20) },
    { kind: 'empty' },
    { kind: 'says_nothing' },
    { kind: 'garbage' },
    { kind: 'no_protocol' },
    { kind: 'endless' },
    { kind: 'status', status: 500, error: 'made up' },
  ]);
}
