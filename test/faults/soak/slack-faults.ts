import { setTimeout as sleep } from 'node:timers/promises';
import { randomSource } from '../shuffle.ts';
import { FaultInjector } from '../slack/fault-injector.ts';
import { type SlackFamily, type SlackFault, writeFaults } from '../slack/fault-script.ts';
import type { SoakFault, SoakScene } from './soak-fault.ts';

/** A card that was deleted, or a channel that is archived, changes what is right; the Slack trials judge that. */
const LEFT_OUT: ReadonlySet<SlackFault['kind']> = new Set(['refused', 'message deleted', 'clock set']);
/** How long what was ordered may wait for a call that meets it. */
const WAIT_MS = 4_000;

/** What Slack and its wire do. */
export const SLACK_FAULTS: readonly SoakFault[] = [
  {
    ...{ family: 'F13', name: 'deliveries twice, late, in disorder; 429; a slow store', place: 'slack' },
    play: (scene) => playOne(scene, 'F13'),
  },
  {
    ...{ family: 'F14', name: 'sockets refreshed, cut, refused; odd frames', place: 'slack' },
    play: (scene) => playOne(scene, 'F14'),
  },
  {
    ...{ family: 'F15', name: 'answers lost or slow', place: 'slack' },
    play: (scene) => playOne(scene, 'F15'),
  },
  {
    ...{ family: 'F11', name: 'a card clicked on twice at once', place: 'clicks' },
    async play({ load }) {
      load.doubleClicks += 1;
      return true;
    },
  },
];

async function playOne({ world, dice }: SoakScene, family: SlackFamily): Promise<boolean> {
  const { slack, directory } = world;
  const scene = { slack, replicas: [], databasePath: `${directory}/data/jamie.db` };
  const injector = new FaultInjector(scene, new Set(), randomSource(dice.between(1, 1_000_000)));
  const fault = chooseFault({ world, dice }, family);
  injector.begin([{ ...fault, atMs: 0 }]);
  await sleep(WAIT_MS);
  const isMet = slack.orderedFaults === 0;
  await injector.heal();
  return isMet;
}

/** As the trials of Slack choose them. */
function chooseFault({ world, dice }: Pick<SoakScene, 'world' | 'dice'>, family: SlackFamily): SlackFault {
  const isPossible = ({ kind }: SlackFault) =>
    !LEFT_OUT.has(kind) && (kind !== 'slow store' || world.pair === 'embedded');
  const found = writeFaults(family, dice.between(1, 1_000_000), 1).find(isPossible);
  return found ?? chooseFault({ world, dice }, family);
}
