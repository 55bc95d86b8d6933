import type { Dice } from '../quick/dice.ts';
import type { PairName } from '../quick/storage.ts';
import type { ReplicaLoad } from '../replicas/replica-load.ts';
import type { SoakWorld } from './soak-world.ts';

/** What a fault happens to: two faults of one place do not overlap. */
export type SoakPlace = 'processes' | 'api server' | 'slack' | 'model' | 'records' | 'jobs' | 'clicks';

export interface SoakScene {
  readonly world: SoakWorld;
  readonly load: ReplicaLoad;
  readonly dice: Dice;
}

/** One way in which something goes wrong during a soak. */
export interface SoakFault {
  /** The row of the table of faults that it stands for. */
  readonly family: string;
  readonly name: string;
  readonly place: SoakPlace;
  /** Default: both. */
  readonly pair?: PairName;
  /** Resolves when it is over and all is whole again; false: it met nobody and counts as none. */
  play(scene: SoakScene): Promise<boolean>;
}
