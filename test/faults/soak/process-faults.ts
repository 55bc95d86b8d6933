import { setTimeout as sleep } from 'node:timers/promises';
import type { SoakFault } from './soak-fault.ts';

/** The replica that is never killed, so that its memory can be watched for as long as the soak lasts. */
const STEADY = 0;
const MORTAL = 1;
/** Which share of the kills does not wait until both are up; the others would mostly kill a program that has not begun. */
const EARLY_KILLS = 0.2;
/** Longer than the execution lease of two seconds and the job lease of three. */
const STOPPED_MS = { least: 3_500, most: 6_000 };

/** What happens to the processes themselves. */
export const PROCESS_FAULTS: readonly SoakFault[] = [
  {
    ...{ family: 'F1', name: 'killed (SIGKILL) and started again', place: 'processes' },
    async play({ world, dice }) {
      const replica = world.replicas[MORTAL];
      const isUp = world.slack.hub.connectionCount >= world.replicas.length;
      if (replica?.processId === undefined || (!isUp && !dice.chance(EARLY_KILLS))) return false;
      replica.kill();
      return true;
    },
  },
  {
    ...{ family: 'F4', name: 'stopped past its leases (SIGSTOP) and continued', place: 'processes' },
    async play({ world, dice }) {
      const replica = world.replicas[dice.oneOf([STEADY, MORTAL])];
      if (replica?.processId === undefined) return false;
      replica.freeze();
      await sleep(dice.between(STOPPED_MS.least, STOPPED_MS.most));
      replica.thaw();
      return true;
    },
  },
];
