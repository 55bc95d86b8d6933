import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiFault, SeenRequest } from '../quick/api-proxy.ts';
import { anyApiFault } from '../quick/families/failing-api.ts';
import { GONE_WATCH } from '../quick/families/silent-watches.ts';
import type { SoakFault, SoakScene } from './soak-fault.ts';

const MOST_FAULTS = 12;
/** How long an API server stays ill. */
const ILL_MS = { least: 1_000, most: 5_000 };
const SLOW_MS = { least: 200, most: 2_500 };

/** What happens on the way to the API server. */
export const API_FAULTS: readonly SoakFault[] = [
  {
    ...{ family: 'F8', name: '409, 429, 500, 503, 504, cut, lost or garbled answers', place: 'api server' },
    play: (scene) =>
      beIll(scene, ({ dice }, request) => {
        if (request.isWatch || !dice.chance(request.isWrite ? 0.6 : 0.25)) return undefined;
        return anyApiFault(dice, request);
      }),
  },
  {
    ...{ family: 'F8', name: 'slow answers', place: 'api server' },
    play: (scene) =>
      beIll(scene, ({ dice }, { isWatch }) =>
        isWatch ? undefined : { kind: 'hold', until: sleep(dice.between(SLOW_MS.least, SLOW_MS.most)) },
      ),
  },
  {
    ...{ family: 'F9', name: 'watches broken, and too old when they come back', place: 'api server' },
    play: (scene) => {
      for (const proxy of scene.world.proxies) proxy.sever();
      return beIll(scene, ({ dice }, { isWatch }) => {
        if (!isWatch || dice.chance(0.3)) return undefined;
        return { kind: 'answer', status: 200, text: `${GONE_WATCH}\n` };
      });
    },
  },
  {
    ...{ family: 'F9', name: 'watches silent', place: 'api server' },
    play: (scene) => {
      for (const proxy of scene.world.proxies) proxy.sever();
      return beIll(scene, (_, { isWatch }) => (isWatch ? { kind: 'silence' } : undefined));
    },
  },
];

/** For a while some requests of both replicas meet what `faultOf` says. */
async function beIll(
  scene: SoakScene,
  faultOf: (scene: SoakScene, request: SeenRequest) => ApiFault | undefined,
): Promise<boolean> {
  const { world, dice } = scene;
  let met = 0;
  const before = world.proxies.map(({ fault }) => fault);
  for (const proxy of world.proxies) {
    proxy.fault = (request) => {
      if (met === MOST_FAULTS) return undefined;
      const fault = faultOf(scene, request);
      if (fault !== undefined) met += 1;
      return fault;
    };
  }
  await sleep(dice.between(ILL_MS.least, ILL_MS.most));
  for (const [index, proxy] of world.proxies.entries()) proxy.fault = before[index] ?? proxy.fault;
  return met > 0;
}
